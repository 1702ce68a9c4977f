// How files go between a page and the worker. In JavaScript, because each call from WebAssembly weighs more than all of this.

// Without any progress for so long the connection is taken for dead.
const STALLED = 20000;

// Sends `file` to `url`. `tell(percent)` is called on the way, `tell(percent, outcome)` once at the end: "stored", the code of a
// refusal, or "" if the connection failed. Returns what gives it up.
export function upload(url, file, tell) {
  const request = new XMLHttpRequest();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), STALLED);
  };
  request.upload.onprogress = ({ loaded, total }) => {
    alive();
    tell(Math.floor((loaded / total) * 100));
  };
  request.onloadend = () => {
    clearTimeout(timer);
    tell(100, outcome(request));
  };
  request.open("POST", url);
  request.send(file);
  alive();
  return () => {
    clearTimeout(timer);
    request.onloadend = request.upload.onprogress = null;
    request.abort();
  };
}

function outcome({ status, responseText }) {
  if (status === 200) return "stored";
  try {
    return JSON.parse(responseText).code || "";
  } catch {
    return "";
  }
}

// Draws the picture at `url` and shows it. On a canvas, because the page's policy may forbid images from elsewhere. A picture that
// cannot be drawn stays a file with a name, which can be saved.
export function draw(url, canvas) {
  fetch(url)
    .then((answer) => answer.blob())
    .then((blob) => createImageBitmap(blob))
    .then((bitmap) => {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      canvas.hidden = false;
    })
    .catch(() => {});
}

// Saves the file at `url`: the worker serves it as one to be saved, so the page stays where it is.
export function save(url) {
  const link = document.createElement("a");
  link.href = url;
  link.click();
}

// The files that were pasted or dropped, or chosen in `event.target`.
export function chosen(event) {
  const { clipboardData, dataTransfer, target } = event;
  const files = [...((clipboardData || dataTransfer || target).files || [])];
  if (files.length) event.preventDefault();
  // The same file may be chosen again.
  if (target.type === "file") target.value = "";
  return files;
}

// A number of bytes as people of `locale` write it.
export function size(bytes, locale) {
  const [unit, many] = bytes < 1e6 ? ["kilobyte", 1024] : ["megabyte", 1048576];
  const style = { style: "unit", unit, maximumFractionDigits: bytes < 1e6 ? 0 : 1 };
  return new Intl.NumberFormat(locale, style).format(Math.max(bytes / many, unit === "kilobyte" ? 1 : 0));
}

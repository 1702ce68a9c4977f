// What tells a visitor who looks elsewhere that somebody wrote: the page's title, a sound, a notification.

const unread = {};
const counted = /^\(\d+\) /;

// Puts the number of unread messages of all channels before the page's title, and takes it away again.
export function count(channel, number) {
  unread[channel] = number;
  const sum = Object.values(unread).reduce((one, other) => one + other);
  const title = document.title.replace(counted, "");
  const wanted = sum ? `(${sum}) ${title}` : title;
  if (document.title !== wanted) document.title = wanted;
}

// Tells the page's scripts what has happened.
export const message = (report, id, from, text) => report("message", { id, from, text });
export const session = (report, state) => report("session", { state });

// Two soft tones. Browsers let no page sound before its visitor has done something on it.
export function ring() {
  if (!navigator.userActivation?.hasBeenActive) return;
  const sound = new AudioContext();
  [660, 880].forEach((pitch, at) => {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    const start = sound.currentTime + at * 0.14;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
    tone.connect(volume).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.3);
    tone.onended = at ? () => sound.close() : null;
  });
}

// Whether notifications could be shown if the visitor allowed them.
export const notifies = () => "Notification" in window && Notification.permission !== "denied";

// Asks the visitor, and says whether they allow it.
export function allow(then) {
  Notification.requestPermission().then((answer) => then(answer === "granted"));
}

export function notify(title, words, opened) {
  if (!notifies() || Notification.permission !== "granted") return;
  const shown = new Notification(title, { body: words, tag: "guichet" });
  shown.onclick = () => {
    window.focus();
    shown.close();
    opened();
  };
}

// Saves a text as a file.
export function keep(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

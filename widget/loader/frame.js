// In place of the app where the page forbids WebAssembly: the channel's own page, framed. It is mounted as the app is.
export function mount(box, config, origin, locale, report, failed) {
  const { channel, title } = JSON.parse(config);
  const page = `${origin}/c/${channel}`;
  const own = new AbortController(); // Ends what listens here.
  const { signal } = own;
  const frame = document.createElement("iframe");
  frame.title = title[locale] || title[locale.split("-")[0]] || title.en || "Chat";
  frame.hidden = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`iframe{position:fixed;z-index:2147483001;bottom:16px;inset-inline-end:16px;width:min(380px,calc(100vw - 32px));height:min(640px,calc(100dvh - 32px));border:0;border-radius:16px;background:Canvas;box-shadow:0 0 0 1px #8883,0 24px 64px #0003}
.start iframe{inset-inline:16px auto}
@media(max-width:479.9px),(max-height:479.9px) and (pointer:coarse){iframe{inset:0;width:100%;height:100dvh;border-radius:0}}
[data-g=badge]{position:absolute;top:-6px;inset-inline-end:-6px;min-width:22px;box-sizing:border-box;padding:0 6px;border:2px solid Canvas;border-radius:99px;background:#b3261e;color:#fff;font:600 13px/18px system-ui,sans-serif;text-align:center}
@media print{iframe{display:none}}`);
  const root = box.getRootNode();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  box.append(frame);

  let wanted = false;
  let token; // What vouches for the visitor; null once nothing does any more.
  let ready = false; // The page in the frame has answered, which it does when it has opened.

  addEventListener("message", heard, { signal });
  document.addEventListener("securitypolicyviolation", violated, { signal });

  return (open, value) => {
    if (open === "shutdown") return end();
    if (open === "identify") {
      token = value;
      if (ready) identify();
      return;
    }
    // Where WebAssembly is missing the framed page would not have it either.
    if (!window.WebAssembly) return refuse();
    wanted = open;
    frame.hidden = !open;
    report(open, 0);
    if (ready) ask();
    else if (open && !frame.src) frame.src = `${page}?lang=${encodeURIComponent(locale)}`;
  };

  function heard({ source, origin: from, data }) {
    if (source !== frame.contentWindow || from !== origin || !data?.guichet) return;
    const { open, unread, words, event, value } = data.guichet;
    if (event) return report(event, value);
    if (!ready) {
      ready = true;
      identify();
      return ask();
    }
    frame.hidden = !open;
    report(open, unread, words);
  }

  function violated({ blockedURI, effectiveDirective }) {
    if (effectiveDirective !== "frame-src" || !blockedURI.startsWith(origin)) return;
    refuse();
  }

  function end() {
    own.abort();
    frame.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
  }

  // The page lets neither of the two run.
  function refuse() {
    end();
    report(false, 0);
    const isFrench = /^fr\b/i.test(locale);
    const elsewhere = document.createElement("a");
    elsewhere.href = page;
    elsewhere.target = "_blank";
    elsewhere.rel = "noopener";
    elsewhere.style.color = "inherit";
    elsewhere.textContent = isFrench ? "L’ouvrir dans sa propre fenêtre" : "Open it in a window of its own";
    failed(isFrench ? "La discussion ne peut pas s’ouvrir sur cette page. " : "The chat cannot open on this page. ", elsewhere);
  }

  function identify() {
    if (token !== undefined) frame.contentWindow.postMessage({ identify: token }, origin);
  }

  // The keyboard goes to the frame first: what a frame without it gives to one of its fields is lost.
  function ask() {
    if (wanted) frame.focus();
    frame.contentWindow.postMessage({ guichet: wanted }, origin);
  }
}

// In place of the app where the page forbids WebAssembly: the channel's own page, framed. It is mounted as the app is.
export function mount(box, config, origin, locale, report, failed) {
  const { channel, title } = JSON.parse(config);
  const url = `${origin}/c/${channel}?lang=${encodeURIComponent(locale)}`;
  const frame = document.createElement("iframe");
  frame.title = title[locale] || title[locale.split("-")[0]] || title.en || "Chat";
  frame.hidden = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`iframe{position:fixed;z-index:2147483001;bottom:16px;inset-inline-end:16px;width:min(380px,calc(100vw - 32px));height:min(640px,calc(100dvh - 32px));border:0;border-radius:16px;background:Canvas;box-shadow:0 0 0 1px #8883,0 24px 64px #0003}
.start iframe{inset-inline:16px auto}
@media(max-width:479.9px),(max-height:479.9px) and (pointer:coarse){iframe{inset:0;width:100%;height:100dvh;border-radius:0}}
@media print{iframe{display:none}}`);
  const root = box.getRootNode();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  box.append(frame);

  let wanted = false;
  let token; // What vouches for the visitor; null once nothing does any more.
  let ready = false; // The page in the frame has answered, which it does when it has opened.

  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin || !data?.guichet) return;
    if (!ready) {
      ready = true;
      identify();
      return ask();
    }
    const { open, unread, words } = data.guichet;
    frame.hidden = !open;
    report(open, unread, words);
  });
  document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    if (effectiveDirective !== "frame-src" || !blockedURI.startsWith(origin)) return;
    frame.remove();
    report(false, 0);
    failed();
  });

  return (open, value) => {
    if (open === "identify") {
      token = value;
      if (ready) identify();
      return;
    }
    wanted = open;
    frame.hidden = !open;
    report(open, 0);
    if (ready) ask();
    else if (open && !frame.src) frame.src = url;
  };

  function identify() {
    if (token !== undefined) frame.contentWindow.postMessage({ identify: token }, origin);
  }

  // The keyboard goes to the frame first: what a frame without it gives to one of its fields is lost.
  function ask() {
    if (wanted) frame.focus();
    frame.contentWindow.postMessage({ guichet: wanted }, origin);
  }
}

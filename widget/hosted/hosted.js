// A channel's own page: the app fills it. Framed by a site, it tells the site's page when it is closed and what is unread,
// and that page tells it whether it is wanted.
const config = document.getElementById("config").textContent;
const locale = new URLSearchParams(location.search).get("lang") || navigator.language || "en";
const framed = parent !== window;
const { palette } = JSON.parse(config);

document.documentElement.lang = locale;
const host = document.createElement("guichet-chat");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(palette);
root.adoptedStyleSheets = [sheet];
const box = document.createElement("div");
box.className = framed ? "page framed" : "page";
root.append(box);
document.body.append(host);

import(__WIDGET_JS__)
  .then((app) => app.default({ module_or_path: __WIDGET_WASM__, locale }).then(() => start(app.mount)))
  .catch(failed);

function start(mount) {
  // That the panel is closed at first is nobody's business: a frame that is hidden for a moment takes no focus.
  let started = false;
  const show = mount(box, config, location.origin, locale, report);
  started = true;
  show(true);
  addEventListener("message", ({ source, data }) => {
    if (!framed || source !== parent) return;
    if (data?.identify !== undefined) show("identify", data.identify);
    if (data?.guichet !== undefined) show(!!data.guichet);
  });

  function report(open, unread, words) {
    if (!started) return;
    // What has happened is for the site's page alone.
    if (open.big) return framed && parent.postMessage({ guichet: { event: open, value: unread } }, "*");
    // Nothing in it is secret, and which page may frame this one is said in its headers.
    if (framed) parent.postMessage({ guichet: { open, unread, words } }, "*");
    else if (!open) queueMicrotask(() => show(true));
  }
}

function failed(error) {
  const note = document.getElementById("note");
  note.textContent = /^fr\b/i.test(locale)
    ? "La discussion n’a pas pu s’ouvrir. Vérifiez votre connexion, puis rechargez la page."
    : "The chat could not be opened. Check your connection, then reload the page.";
  note.hidden = false;
  throw error;
}

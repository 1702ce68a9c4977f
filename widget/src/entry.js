// What is imported of the app. Its style sheet stands here, because text is compressed better beside text than within the
// module, and the words of the page's language come beside it. The build writes both in: __CSS__, and for each language of
// __WORDS__ the name of its file.
import init, { mount as start } from "./widget.js";

const names = __WORDS__;
let words;
let ready;

// Resolves when the app can be mounted. One instance, however many channels.
export default (options) =>
  (ready ||= Promise.all([init(options), learn(options.locale)]).catch((error) => {
    ready = undefined;
    throw error;
  }));

// A loader from before a deployment does not say which language it wants.
async function learn(locale = document.documentElement.lang || navigator.language || "en") {
  const name = names[locale.toLowerCase().split("-")[0]] || names.en;
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(name);
  words = await answer.text();
}

export function mount(box, config, origin, locale, report) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__CSS__);
  box.getRootNode().adoptedStyleSheets.push(sheet);
  const run = start(box, config, origin, locale, report, words);
  return run && ((what, value) => run(what, value, who(value)));
}

// Whom a token names, so that what is stored of people is kept apart. It proves nothing. The browser reads it for nothing, too.
// Neither name holds a line break: the worker refuses those.
function who(token) {
  try {
    const { iss, sub } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return `${iss}\n${sub}\n`;
  } catch {
    return "";
  }
}

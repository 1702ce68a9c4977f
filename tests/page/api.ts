// What a page does with `window.Guichet`, checked against the types that are served.
import type { GuichetApi } from "../../widget/guichet";

declare const api: GuichetApi;

window.Guichet = window.Guichet || [];
window.Guichet.push(["open"]);
window.Guichet.push(["identify", null, "demo"]);
window.Guichet.push(["on", "unread", (count) => count.toFixed()]);

const end: () => void = api.on("message", ({ id, from, text }, channel) => {
  const words: string = text + channel;
  const who: "operator" | "channel" = from;
  return [id + 1, words, who];
});
end();
api.on("session", ({ state }) => state === "waiting");
for (const run of [api.boot, api.shutdown, api.open, api.close, api.toggle, api.show, api.hide]) run("demo");
api.identify("a token");

// @ts-expect-error There is no such event.
api.on("unknown", () => {});
// @ts-expect-error A number vouches for nobody.
api.identify(7);
// @ts-expect-error There is no such method.
api.push(["fly"]);

// The style sheet is handed to the browser by a script beside it: within the module it would only take room.
// The build puts the sheet itself in the place of __CSS__.
export function adopt(container) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__CSS__);
  container.getRootNode().adoptedStyleSheets.push(sheet);
}

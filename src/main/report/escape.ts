/** Text that may stand in HTML and in an attribute, whatever it holds. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

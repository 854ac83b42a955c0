/** Names and texts come from people: nothing of them may become markup, and XML 1.0 (2.2) lacks some characters. */
export const escapeXml = (text: string): string =>
  Array.from(text.toWellFormed())
    .filter((character) => /^[\t\n\u0020-\ufffd\u{10000}-\u{10ffff}]$/u.test(character))
    .map((character) => entities[character] ?? character)
    .join('')

const entities: Readonly<Record<string, string | undefined>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Attributes of an element; what is undefined is left out. */
export type XmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element with its parts, which are elements already, each indented below it. */
export function xmlElement(name: string, attributes: XmlAttributes, parts: readonly string[] = []): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  if (parts.length === 0) return `<${name}${given}/>`
  const indented = parts.map((part) => part.replace(/^/gm, '  ')).join('\n')
  return `<${name}${given}>\n${indented}\n</${name}>`
}

/** An element that holds text. */
export const xmlText = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>'

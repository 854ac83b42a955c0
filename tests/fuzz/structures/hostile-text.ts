import type { Random } from '../../../src/shared/base/random.ts'
import { pick } from '../engine/mutate.ts'

const texts: readonly string[] = [
  '../../outside', '..\\..\\outside', '/etc/passwd', 'C:\\Windows\\x', 'C:x', '\\\\server\\share\\x', '//server/share', '~', '~root/x', '.', '..', '...',
  'con', 'CON.wav', 'nul', 'aux.txt', 'com1', 'LPT9.tar', 'com¹', 'CONIN$', 'prn .x', 'nul::$DATA', 'x:y', 'name.', 'name ', ' name',
  'a\u0000b', 'a\nb', 'a\rb', '\u001b[31m', '\u0085', '\u2028', '\ufeff', '\ufffe', '\uffff', '\ud800', '\udc00x', '\u202Evaw.exe', '\u200b', 'e\u0301', '\u00e9', '\u212b', 'ﬁ', '／etc', '．．／', '%2e%2e%2f', '%00', '%', '%zz', '%c0%ae',
  '<script>', '"onload="', '&amp;', ']]>', '<!ENTITY x "y">', '$(id)', '`id`', '; rm', '--out', '-', '--', '-x', '=', '*', '?', '|',
  '0', '-1', '1e999', 'NaN', 'null', 'true', '{}', '[]', '9007199254740993', '0x10', '١',
  '👩‍👩‍👧‍👦', 'İ', 'ß', '𝕏', 'ﷺ', '\u0300\u0301\u0302', 'Z\u0351\u036b\u0343',
] // prettier-ignore

/** A text that becomes something else wherever it is taken for more than a text. */
export function hostileText(random: Random): string {
  const text = pick(random, texts)
  switch (random.integer(6)) {
    case 0:
      return `${text}${pick(random, texts)}`
    case 1:
      return text.repeat(1 + random.integer(pick(random, [4, 100])))
    case 2:
      return `${pick(random, ['Verse ', 'a/', 'x.'])}${text}`
    case 3:
      return `${text}${pick(random, ['.wav', '.understudy', '/x', '\\x', ' ', '.'])}`
    default:
      return text
  }
}

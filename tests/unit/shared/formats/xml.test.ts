import { expect, test } from 'vitest'
import { escapeXml, xmlElement } from '../../../../src/shared/formats/xml.ts'

test('a name becomes no markup, and keeps every character that XML has', () => {
  expect(xmlElement('Track', { name: `<a> & "b" 'c' ]]>` })).toBe(
    '<Track name="&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos; ]]&gt;"/>',
  )
  expect(escapeXml('Łódź 東京 👩‍👩‍👧\t\n')).toBe('Łódź 東京 👩‍👩‍👧\t\n')
})

test('characters that XML 1.0 has not are left out, and half a character is replaced', () => {
  expect(escapeXml('a\u0000b\u0008c\ufffed\uffffe\rf')).toBe('abcdef')
  expect(escapeXml('a\ud800b')).toBe('a\ufffdb')
})

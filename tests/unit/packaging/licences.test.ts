import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { licenceKind } from '../../../packaging/licence-kind.ts'
import { isRefused, licenceRows } from '../../../packaging/licence-report.ts'
import { noticesText } from '../../../packaging/notices-text.ts'
import type { ShippedPackage } from '../../../packaging/shipped-packages.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function made(
  licence: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  name = 'made',
): ShippedPackage {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return { name, version: '1.0.0', licence, folder, repository: '', author: 'Somebody', way: 'beside' }
}
const refused = (shipped: ShippedPackage) => licenceRows(shipped).filter(isRefused)

test.each([
  ['MIT', 'permissive'],
  ['Apache-2.0 WITH LLVM-exception', 'permissive'],
  ['(MIT OR GPL-3.0-only)', 'permissive'],
  ['MIT AND GPL-2.0-or-later', 'copyleft'],
  ['MIT AND (LGPL-2.1-only OR BSD-3-Clause)', 'permissive'],
  ['MPL-2.0', 'weak-copyleft'],
  ['LGPL-3.0-or-later', 'copyleft'],
  ['AGPL-3.0-only', 'copyleft'],
  ['UNLICENSED', 'unknown'],
  ['', 'unknown'],
  ['MIT)', 'unknown'],
])('%o is %s', (expression, kind) => {
  expect(licenceKind(expression)).toBe(kind)
})

test('copyleft and what nobody named are refused; weak copyleft is only told', () => {
  expect(refused(made('GPL-2.0'))).toHaveLength(1)
  expect(refused(made(''))).toHaveLength(1)
  expect(refused(made('MPL-2.0'))).toEqual([])
})

test('the lesser licence is told where the library lies as a file of its own, which a person may replace, and refused elsewhere', () => {
  expect(refused(made('LGPL-3.0-or-later', {}, 'codec-parser'))).toEqual([])
  expect(refused(made('LGPL-3.0-or-later'))).toHaveLength(1)
  expect(refused(made('GPL-2.0-or-later', {}, 'codec-parser'))).toHaveLength(1)
})

test('a text of the GPL under a manifest that says MIT is found', () => {
  const [row] = refused(made('MIT', { COPYING: 'GNU GENERAL PUBLIC LICENSE\nVersion 2' }))
  expect(row).toMatchObject({ kind: 'copyleft', source: 'its COPYING' })
})

test('compiled code that nobody looked into is refused, wherever it lies', () => {
  const module = 'AGFzbQ' + 'A'.repeat(300)
  for (const files of [
    { 'src/decoder.wasm': new Uint8Array(8) },
    { 'build/Release/addon.node': new Uint8Array(8) },
    { 'dist/index.js': `const bytes = "${module}"` },
    { 'dist/index.mjs': 'WebAssembly.instantiate(unpack(text))' },
  ])
    expect(refused(made('MIT', files)).map(({ kind }) => kind)).toEqual(['unknown'])
  expect(refused(made('MIT', { 'dist/index.js': 'export const a = 1' }))).toEqual([])
  expect(refused(made('MIT', { 'node_modules/other/x.wasm': new Uint8Array(8) }))).toEqual([])
})

test('what is known to lie inside counts for the package: a wrapper under MIT around mpg123 is told as what mpg123 is', () => {
  const rows = licenceRows(made('MIT', { 'index.js': 'WebAssembly.instantiate(bytes)' }, '@audio/decode-mp3'))
  expect(rows.find(({ name }) => name === '@audio/decode-mp3 › mpg123')).toMatchObject({
    licence: 'LGPL-2.1-only',
    kind: 'weak-copyleft',
  })
})

test('a notice holds the texts that a package brings, and for one that brings none its licence and whose it is', () => {
  const text = noticesText(
    [
      made('MIT', { LICENSE: 'the own words of it' }, 'with-text'),
      made('MIT', {}, 'without-text'),
      made('MIT', {}, '@wasm-audio-decoders/ogg-vorbis'),
      { ...made('MIT', {}, 'elsewhere'), folder: null },
    ],
    [{ name: 'font some', licence: 'OFL-1.1', text: 'font words', source: '' }],
  )
  expect(text).toContain('with-text 1.0.0\nMIT\n\nthe own words of it')
  expect(text).toMatch(/without-text 1\.0\.0\nMIT\n\nCopyright \(c\) Somebody\n\nPermission is hereby granted/)
  expect(text).toMatch(/It holds libvorbis and libogg: BSD-3-Clause[^]*Copyright \(c\) 2002-2020 Xiph\.org Foundation/)
  expect(text).toContain('font words')
  expect(text).not.toContain('elsewhere')
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles, sourceRoot } from './imports.ts'

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')
const offenders = (files: readonly string[], pattern: RegExp) =>
  files.flatMap((file) => {
    const found = withoutComments(readFileSync(join(sourceRoot, file), 'utf8')).match(pattern)
    return found ? [`${file}: ${found[0]}`] : []
  })
const within = (room: string) =>
  sourceFiles().filter((file) => file.startsWith(`${room}/`) && file !== 'shared/kernels/build.ts')

test('shared knows no clock, no global randomness, no document and no process', () => {
  expect(
    offenders(within('shared'), /\b(Math\.random|Date\.now|new Date\b|performance\.now|setTimeout|\bprocess\.)/),
  ).toEqual([])
})

test('window.understudy is read in one place', () => {
  expect(
    offenders(
      within('renderer').filter((file) => file !== 'renderer/bridge.ts'),
      /window\.understudy/,
    ),
  ).toEqual([])
})

test('no type is stepped around', () => {
  expect(offenders(sourceFiles(), /\bas any\b|: any\b|@ts-(ignore|expect-error|nocheck)|eslint-disable/)).toEqual([])
})

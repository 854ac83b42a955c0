import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles, sourceRoot } from './imports.ts'

const lineCount = (file: string) => readFileSync(join(sourceRoot, file), 'utf8').split('\n').length

test('a file is one idea: none over 400 lines', () => {
  expect(
    sourceFiles()
      .filter((file) => lineCount(file) > 400)
      .map((file) => `${file}: ${lineCount(file)}`),
  ).toEqual([])
})

test('a component is a shell: none over 200 lines with its style', () => {
  const components = sourceFiles().filter((file) => file.endsWith('.svelte'))
  expect(components.filter((file) => lineCount(file) > 200).map((file) => `${file}: ${lineCount(file)}`)).toEqual([])
})

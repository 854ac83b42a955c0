import { expect, test } from 'vitest'
import { basename } from 'node:path'
import { sourceFiles } from './imports.ts'

test('files are named after what they are: kebab-case, PascalCase for components and classes', () => {
  const fine =
    /^([a-z0-9]+(-[a-z0-9]+)*(\.worklet)?\.ts|[A-Z][A-Za-z0-9]*\.svelte(\.ts)?|[a-z0-9]+(-[a-z0-9]+)*\.svelte\.ts|electron\.vite\.config\.ts)$/
  expect(sourceFiles().filter((file) => !fine.test(basename(file)))).toEqual([])
})

test('no file or folder has a name that says nothing', () => {
  expect(sourceFiles().filter((file) => /(^|\/)(utils?|helpers?|common|misc|managers?)(\/|\.|$)/i.test(file))).toEqual(
    [],
  )
})

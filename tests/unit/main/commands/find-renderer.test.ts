import { expect, test } from 'vitest'
import { readRenderer } from '../../../../src/main/commands/find-renderer.ts'

test('a renderer is written by its name, a vocoder of one’s own behind “vocoder:”', () => {
  expect(['filter', 'world', 'vocoder:My own: 2'].map(readRenderer)).toEqual([
    'filter',
    'world',
    { vocoder: 'My own: 2' },
  ])
  for (const text of ['', 'WORLD', 'tape', 'vocoder:', 'vocoder: '])
    expect(() => readRenderer(text)).toThrow('Expected filter, world, or vocoder:NAME')
})

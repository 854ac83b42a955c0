import { expect, test } from 'vitest'
import { commandFor, keyLabel, keymap, keysOf, type KeyPress } from '../../../../src/renderer/state/keymap.ts'

const press = (given: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...given,
})

test('no key has two meanings in one scope', () => {
  const combinations = keymap.map((binding) => `${binding.scope}: ${binding.keys}`)
  expect(combinations.filter((keys, index) => combinations.indexOf(keys) !== index)).toEqual([])
})

test('no key of the timeline hides one that works everywhere', () => {
  const everywhere = new Set(keymap.filter((binding) => binding.scope === 'global').map((binding) => binding.keys))
  expect(keymap.filter((binding) => binding.scope !== 'global' && everywhere.has(binding.keys))).toEqual([])
})

test('modifiers are written in one order', () => {
  const fine = /^(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|[[\].,?=-]|[A-Z][A-Za-z0-9]+)$/
  expect(keymap.filter((binding) => !fine.test(binding.keys))).toEqual([])
})

test.each([
  ['a letter by its place, whatever the layout writes there', press({ key: 'ы', code: 'KeyS' }), 'S'],
  ['Cmd is Ctrl', press({ key: 'z', code: 'KeyZ', metaKey: true }), 'Ctrl+Z'],
  ['a sign by its meaning, its Shift being part of it', press({ key: '?', code: 'Slash', shiftKey: true }), '?'],
  ['plus is the same key as equals', press({ key: '+', code: 'Equal', ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+='],
  ['all modifiers', press({ key: 'ArrowLeft', code: 'ArrowLeft', ctrlKey: true, altKey: true }), 'Ctrl+Alt+ArrowLeft'],
])('a key press is read as %s', (_, given, keys) => {
  expect(keysOf(given)).toBe(keys)
})

test('a key means what the innermost scope says', () => {
  const left = press({ key: 'ArrowLeft', code: 'ArrowLeft' })
  expect(commandFor(left, ['ruler', 'global'])).toBe('playhead-back')
  expect(commandFor(left, ['timeline', 'global'])).toBe('focus-left')
  expect(commandFor(left, ['global'])).toBeNull()
})

test('letters of the timeline do nothing outside it', () => {
  expect(commandFor(press({ key: 's', code: 'KeyS' }), ['global'])).toBeNull()
})

test('a label shows the first key of a command', () => {
  expect(keyLabel('export')).toBe('Ctrl Shift E')
  expect(keyLabel('export', true)).toBe('⌘ Shift E')
  expect(keyLabel('nudge-left')).toBe('Ctrl ←')
  expect(keyLabel('no-such-command')).toBe('')
})

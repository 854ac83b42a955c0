import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { menuCommands } from '../../../../src/shared/contract/desktop-bridge.ts'
import { shortcutChoice, type ShortcutChoice } from '../../../../src/shared/contract/shortcuts.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import type { Binding } from '../../../../src/renderer/state/binding.ts'
import { heldKeys } from '../../../../src/renderer/state/held-keys.svelte.ts'
import { keyPresets } from '../../../../src/renderer/state/key-presets.ts'
import { bindingsOf, commandFor, conflictOf, keyLabel, keymap, scopeOf } from '../../../../src/renderer/state/keymap.ts'
import { editorCommandOf, menuStateOf } from '../../../../src/renderer/state/menu-commands.ts'
import { commandsWithKeys, Shortcuts } from '../../../../src/renderer/state/Shortcuts.svelte.ts'

afterEach(() => void (heldKeys.bindings = null))

/** A library that keeps the choice, as the application does. */
function library(kept: ShortcutChoice | null = null) {
  const call = ((name: string, request: { readonly choice: ShortcutChoice | null }) => {
    if (name === 'shortcuts:describe') return Promise.resolve({ choice: kept })
    kept = request.choice === null ? null : shortcutChoice.parse(request.choice)
    return Promise.resolve({})
  }) as unknown as Call // the two verbs that are called
  return { call, kept: () => kept }
}

const twins = (bindings: readonly Binding[]) =>
  bindings.filter(({ command, keys }) => conflictOf(bindings, command, keys) !== null)
const press = (code: string, ctrlKey = false) => ({
  key: '',
  code,
  ctrlKey,
  metaKey: false,
  altKey: false,
  shiftKey: false,
})

test.each(keyPresets)('$label gives every key one meaning, and knows each command that it changes', ({ changes }) => {
  expect(twins(bindingsOf(changes))).toEqual([])
  expect(Object.keys(changes).filter((command) => !commandsWithKeys.includes(command))).toEqual([])
  expect(shortcutChoice.safeParse({ presetId: 'x', changes }).success).toBe(true)
})

test('a command has its keys in one scope', () => {
  expect(keymap.filter(({ command, scope }) => scopeOf(command) !== scope)).toEqual([])
})

test('a key that is given works and is shown at once, and is there after a restart', async () => {
  const { call, kept } = library()
  const shortcuts = new Shortcuts(call)
  await shortcuts.give('split', 'Ctrl+E')
  expect(commandFor(press('KeyE', true), ['timeline', 'global'])).toBe('split')
  expect(commandFor(press('KeyS'), ['timeline', 'global'])).toBeNull()
  expect(keyLabel('split')).toBe('Ctrl E')
  heldKeys.bindings = null
  const again = new Shortcuts(library(kept()).call)
  await again.load()
  expect(keyLabel('split')).toBe('Ctrl E')
  expect([again.isChanged, again.isOwn('split'), again.isOwn('join')]).toEqual([true, true, false])
})

test('a key that is taken is told with its owner, who goes without when it is given away', async () => {
  const shortcuts = new Shortcuts(library().call)
  expect(shortcuts.obstacleTo('split', 'C')).toEqual({ kind: 'taken', command: 'convert' })
  await shortcuts.give('split', 'C')
  expect(keyLabel('split')).toBe('C')
  expect(keyLabel('convert')).toBe('')
  await shortcuts.reset('split')
  expect(keyLabel('split')).toBe('S')
  expect(keyLabel('convert')).toBe('')
  await shortcuts.resetAll()
  expect(keyLabel('convert')).toBe('C')
})

test('a command with two keys keeps the one that nobody takes', async () => {
  const shortcuts = new Shortcuts(library().call)
  await shortcuts.give('convert', 'Ctrl+Y')
  expect(shortcuts.bindings.filter(({ command }) => command === 'redo').map(({ keys }) => keys)).toEqual([
    'Ctrl+Shift+Z',
  ])
})

test('the keys that move between parts of the window are nobody’s', () => {
  const shortcuts = new Shortcuts(library().call)
  for (const keys of ['Tab', 'Escape', 'F6', 'Shift+F6', 'Enter']) {
    expect(shortcuts.obstacleTo('convert', keys)).toEqual({ kind: 'reserved' })
  }
})

test('whatever keys are given in whatever order, no key has two meanings', async () => {
  const command = fc.constantFrom(...commandsWithKeys)
  const keys = fc.constantFrom(...new Set(keymap.map((binding) => binding.keys)))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(command, keys), { maxLength: 12 }), async (gifts) => {
      const shortcuts = new Shortcuts(library().call)
      for (const [name, wanted] of gifts) await shortcuts.give(name, wanted)
      expect(twins(shortcuts.bindings)).toEqual([])
      for (const [name, wanted] of gifts.slice(-1)) {
        expect(shortcuts.bindings).toContainEqual({ scope: scopeOf(name), keys: wanted, command: name })
      }
    }),
    { numRuns: 40 },
  )
})

test('choosing a preset forgets single changes; a choice of a version that knows other commands still holds', async () => {
  const { call, kept } = library({ presetId: 'gone', changes: { 'teleport-region': ['Ctrl+9'], split: ['Ctrl+E'] } })
  const shortcuts = new Shortcuts(call)
  await shortcuts.load()
  expect(shortcuts.preset.id).toBe('understudy')
  expect(keyLabel('split')).toBe('Ctrl E')
  await shortcuts.choosePreset('reaper')
  expect(keyLabel('split')).toBe('S')
  expect(keyLabel('toggle-loop')).toBe('R')
  await shortcuts.choosePreset('understudy')
  expect(kept()).toBeNull()
})

test('the native menu shows the person’s keys, and none that typing needs', async () => {
  expect(menuStateOf(null, false).keys).toMatchObject({ 'new-project': 'Ctrl+N', export: 'Ctrl+Shift+E' })
  await new Shortcuts(library().call).give('save', 'J')
  expect(menuStateOf(null, false).keys).not.toHaveProperty('save')
  const known = new Set(commandsWithKeys)
  const withoutKeys = menuCommands.filter((command) => !known.has(editorCommandOf(command)))
  expect(withoutKeys).toEqual(['show-engine'])
})

test('with a dialog open the menu leaves the song alone', () => {
  expect(menuStateOf(null, true).possible).toEqual(['undo', 'redo'])
  expect(menuStateOf(null, false).possible).toEqual([
    'new-project',
    'open-project',
    'import',
    'preferences',
    'show-shortcuts',
    'show-engine',
  ])
})

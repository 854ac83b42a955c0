import type { ShortcutChoice } from '../../shared/contract/shortcuts.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import type { Binding } from './binding.ts'
import { heldKeys } from './held-keys.svelte.ts'
import { bindingsOf, conflictOf, keymap, scopeOf } from './keymap.ts'
import { keyPresets, type KeyPreset } from './key-presets.ts'

const [ownPreset] = keyPresets
/** Keys without which somebody could not leave a place, or not come back. */
const RESERVED: ReadonlySet<string> = new Set(['Tab', 'Shift+Tab', 'Enter', 'Escape', 'F6', 'Shift+F6'])

/** What stands against a key for a command, in words. */
export type KeyObstacle = { readonly kind: 'reserved' } | { readonly kind: 'taken'; readonly command: string }

/** The person's choice of keys: a preset and what they changed of it. */
export class Shortcuts {
  readonly #call: Call
  #choice: ShortcutChoice = $state.raw({ presetId: ownPreset.id, changes: {} })

  constructor(call: Call) {
    this.#call = call
  }

  readonly preset: KeyPreset = $derived(keyPresets.find(({ id }) => id === this.#choice.presetId) ?? ownPreset)
  readonly bindings: readonly Binding[] = $derived(bindingsOf({ ...this.preset.changes, ...this.#choice.changes }))
  get isChanged(): boolean {
    return this.preset !== ownPreset || Object.keys(this.#choice.changes).length > 0
  }

  isOwn(command: string): boolean {
    return command in this.#choice.changes
  }

  async load(): Promise<void> {
    const { choice } = await this.#call('shortcuts:describe', {})
    if (choice !== null) this.#hold(choice)
  }

  choosePreset(presetId: string): Promise<void> {
    return this.#keep({ presetId, changes: {} })
  }

  /** Null when the command may have the key. */
  obstacleTo(command: string, keys: string): KeyObstacle | null {
    if (RESERVED.has(keys)) return { kind: 'reserved' }
    const taken = conflictOf(this.bindings, command, keys)
    return taken === null ? null : { kind: 'taken', command: taken }
  }

  /** Gives a command one key; whoever had it goes without. */
  give(command: string, keys: string): Promise<void> {
    const changes: Record<string, string[]> = { ...this.#choice.changes, [command]: [keys] }
    for (const other of this.bindings) {
      if (other.command === command || other.keys !== keys || !meets(other.command, command)) continue
      const left = this.bindings.filter((binding) => binding.command === other.command && binding.keys !== keys)
      changes[other.command] = left.map((binding) => binding.keys)
    }
    return this.#keep({ ...this.#choice, changes })
  }

  reset(command: string): Promise<void> {
    const changes = Object.fromEntries(Object.entries(this.#choice.changes).filter(([name]) => name !== command))
    return this.#keep({ ...this.#choice, changes })
  }

  resetAll(): Promise<void> {
    return this.#keep({ presetId: ownPreset.id, changes: {} })
  }

  async #keep(choice: ShortcutChoice): Promise<void> {
    this.#hold(choice)
    await this.#call('shortcuts:choose', { choice: this.isChanged ? choice : null })
  }
  #hold(choice: ShortcutChoice): void {
    this.#choice = choice
    heldKeys.bindings = this.bindings
  }
}

const meets = (command: string, other: string): boolean => {
  const [a, b] = [scopeOf(command), scopeOf(other)]
  return a === b || a === 'global' || b === 'global'
}

/** Every command that has a key of the program's own, in its order. */
export const commandsWithKeys: readonly string[] = [...new Set(keymap.map(({ command }) => command))]

import type { Binding } from './binding.ts'

/** The keys that hold now, once the person's own are known. There is one keyboard, so that every label may ask. */
class HeldKeys {
  bindings: readonly Binding[] | null = $state.raw(null)
}
export const heldKeys = new HeldKeys()

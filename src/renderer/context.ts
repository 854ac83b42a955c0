import { createContext } from 'svelte'
import type { Bridge } from './bridge.ts'
import type { Engine } from './state/Engine.svelte.ts'
import type { Jobs } from './state/Jobs.svelte.ts'
import type { Library } from './state/Library.svelte.ts'
import type { Shell } from './state/Shell.svelte.ts'

/** Everything that a panel may ask for; made once in main.ts. */
export interface AppContext {
  readonly bridge: Bridge
  readonly shell: Shell
  readonly jobs: Jobs
  readonly library: Library
  readonly engine: Engine
}

/** `useApp()` in a component's script; `provideApp()` once, in App.svelte. */
export const [useApp, provideApp] = createContext<AppContext>()

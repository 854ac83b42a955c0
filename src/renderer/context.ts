import { createContext } from 'svelte'
import type { Bridge } from './bridge.ts'
import type { Acts } from './state/acts.ts'
import type { Audition } from './state/Audition.svelte.ts'
import type { DomainTraining } from './state/DomainTraining.svelte.ts'
import type { VocoderTraining } from './state/VocoderTraining.svelte.ts'
import type { EmotionTraining } from './state/EmotionTraining.svelte.ts'
import type { Engine } from './state/Engine.svelte.ts'
import type { Exporting } from './state/Exporting.svelte.ts'
import type { Farm } from './state/Farm.svelte.ts'
import type { Jobs } from './state/Jobs.svelte.ts'
import type { Library } from './state/Library.svelte.ts'
import type { Preferences } from './state/Preferences.svelte.ts'
import type { Projects } from './state/Projects.svelte.ts'
import type { Shortcuts } from './state/Shortcuts.svelte.ts'
import type { Shell } from './state/Shell.svelte.ts'
import type { Training } from './state/Training.svelte.ts'
import type { Workspace } from './state/Workspace.svelte.ts'

/** Everything that a panel may ask for; made once in main.ts. */
export interface AppContext {
  readonly bridge: Bridge
  readonly acts: Acts
  readonly shell: Shell
  readonly shortcuts: Shortcuts
  readonly preferences: Preferences
  readonly jobs: Jobs
  readonly library: Library
  readonly engine: Engine
  readonly farm: Farm
  readonly projects: Projects
  readonly training: Training
  readonly emotionTraining: EmotionTraining
  readonly domainTraining: DomainTraining
  readonly vocoderTraining: VocoderTraining
  readonly exporting: Exporting
  readonly audition: Audition
  /** The open song; panels of a song use `useEditor()` of state/editor-context.ts. */
  readonly workspace: Workspace
}

/** `useApp()` in a component's script; `provideApp()` once, in App.svelte. */
export const [useApp, provideApp] = createContext<AppContext>()

import { say } from '../messages/say.svelte.ts'
import type { Shell } from '../state/Shell.svelte.ts'

/** What is taken out of the library, and the words for it. */
interface Removal {
  readonly title: string
  readonly text: string
  readonly notRemoved: string
  readonly remove: () => Promise<unknown>
}

/** Asks before something is taken out of the library; to keep it is the first choice. */
export const askRemoval = (shell: Shell, { title, text, notRemoved, remove }: Removal): void =>
  shell.show({
    kind: 'question',
    title,
    text,
    choices: [
      { label: say.browser.keep, kind: 'primary', run: () => {} },
      { label: say.browser.remove, kind: 'default', run: () => void shell.attempt(notRemoved, remove) },
    ],
  })

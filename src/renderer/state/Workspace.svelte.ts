import type { OpenProject } from '../../shared/contract/verbs.ts'
import type { Editor } from './Editor.svelte.ts'

/** An editor and what must be closed with it. */
export interface OpenEditor {
  readonly editor: Editor
  close(): void
}

/** Holds the open song: one at a time, or none. */
export class Workspace {
  readonly #build: (opened: OpenProject) => OpenEditor
  #open: OpenEditor | null = $state.raw(null)

  constructor(build: (opened: OpenProject) => OpenEditor) {
    this.#build = build
  }

  get editor(): Editor | null {
    return this.#open?.editor ?? null
  }

  show(opened: OpenProject): Editor {
    this.clear()
    const open = this.#build(opened)
    this.#open = open
    return open.editor
  }

  clear(): void {
    this.#open?.close()
    this.#open = null
  }
}

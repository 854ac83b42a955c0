import type { FolderEntry } from '../../shared/contract/verbs.ts'
import type { PathQuestion } from '../state/PathQuestions.svelte.ts'
import { failureOf } from '../state/Shell.svelte.ts'

export interface Folder {
  readonly path: string
  readonly parent: string | null
  readonly entries: readonly FolderEntry[]
}

/** Lists a folder; null is where the machine that computes begins. */
export type ListFolder = (path: string | null, extensions: readonly string[]) => Promise<Folder>

/** A question for a place on disk while somebody looks for it: where they stand, and what they chose there. */
export class FolderBrowser {
  readonly extensions: readonly string[]
  readonly isMultiple: boolean
  readonly #question: PathQuestion
  readonly #list: ListFolder
  readonly #memory: Pick<Storage, 'getItem' | 'setItem'>
  #folder: Folder | null = $state.raw(null)
  #problem: string | null = $state(null)
  #chosen: ReadonlySet<string> = $state.raw(new Set<string>())
  /** Steps into folders so far: only the last one counts, whichever listing comes first. */
  #steps = 0
  #isReading = $state(false)
  fileName = $state('')

  constructor(question: PathQuestion, list: ListFolder, memory: Pick<Storage, 'getItem' | 'setItem'>) {
    const { kind, purpose, fileKinds, suggestedName } = question
    this.#question = question
    this.#list = list
    this.#memory = memory
    this.extensions = kind === 'folder' ? [] : fileKinds.flatMap((fileKind) => fileKind.extensions)
    this.isMultiple = kind === 'files' && purpose !== 'project' && purpose !== 'singer'
    this.fileName = suggestedName
  }

  get folder(): Folder | null {
    return this.#folder
  }
  get problem(): string | null {
    return this.#problem
  }
  get chosen(): ReadonlySet<string> {
    return this.#chosen
  }
  get entries(): readonly FolderEntry[] {
    const { kind } = this.#question
    return this.#folder?.entries.filter((entry) => entry.isFolder || kind !== 'folder') ?? []
  }
  /** Not while the next folder is being read: the answer would be given in the one before. */
  get canAnswer(): boolean {
    const { kind } = this.#question
    if (this.#folder === null || this.#isReading) return false
    return kind === 'folder' || (kind === 'save' ? this.fileName.trim() !== '' : this.#chosen.size > 0)
  }

  /** Where the last question of this purpose ended; remembered apart for each, as the desktop's dialogs do. */
  begin(): Promise<void> {
    return this.go(this.#memory.getItem(this.#memoryKey))
  }

  async go(path: string | null): Promise<void> {
    const step = ++this.#steps
    this.#isReading = true
    try {
      const folder = await this.#list(path, this.extensions)
      if (step === this.#steps) this.#stand(folder)
    } catch (error) {
      if (step !== this.#steps) return
      this.#problem = failureOf(error).message
      if (path !== null && this.#folder === null) await this.go(null)
    } finally {
      if (step === this.#steps) this.#isReading = false
    }
  }

  /** A file of the list: chosen, chosen no more, or its name taken for what is saved. */
  pick({ name, path }: FolderEntry): void {
    if (this.#question.kind === 'save') this.fileName = name
    else if (!this.isMultiple) this.#chosen = new Set([path])
    else {
      const next = new Set(this.#chosen)
      if (!next.delete(path)) next.add(path)
      this.#chosen = next
    }
  }

  /** The answer as things stand; null while there is none. */
  answer(): readonly string[] | null {
    const folder = this.#folder
    if (folder === null || !this.canAnswer) return null
    const { kind } = this.#question
    if (kind === 'folder') return [folder.path]
    return kind === 'save' ? [pathIn(folder.path, this.#nameWithExtension())] : [...this.#chosen]
  }

  #stand(folder: Folder): void {
    this.#folder = folder
    this.#problem = null
    this.#chosen = new Set()
    this.#memory.setItem(this.#memoryKey, folder.path)
  }

  get #memoryKey(): string {
    return `folder:${this.#question.purpose}`
  }

  #nameWithExtension(): string {
    const name = this.fileName.trim()
    const has = this.extensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`))
    return has || this.extensions.length === 0 ? name : `${name}.${this.extensions[0]}`
  }
}

function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return `${folder.replace(/[\\/]$/, '')}${separator}${name}`
}

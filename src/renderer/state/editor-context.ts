import { createContext } from 'svelte'
import type { Editor } from './Editor.svelte.ts'

/** `useEditor()` in panels of an open song; `provideEditor(editor)` once, around them. */
export const [useEditor, provideEditor] = createContext<Editor>()

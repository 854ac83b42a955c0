import type { Editor } from '../state/Editor.svelte.ts'

/** Runs the editor's frames while the transport moves or a meter still falls; at rest nothing is spent. */
export const animate = (editor: Editor) => (): (() => void) => {
  let frame = 0
  $effect(() => {
    if (!editor.transport.isPlaying) return
    cancelAnimationFrame(frame)
    const next = (nowMs: number): void => {
      if (editor.frame(nowMs)) frame = requestAnimationFrame(next)
    }
    frame = requestAnimationFrame(next)
  })
  return () => cancelAnimationFrame(frame)
}

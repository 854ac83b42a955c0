import { setLoop } from '../../../shared/project/edits/document.ts'
import { nextGridLine } from '../../../shared/project/snap.ts'
import { regionEnd, songEnd } from '../../../shared/project/queries.ts'
import { secondsToSamples } from '../../../shared/units/time.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'

const FINE_SEC = 0.01

export function transportCommands(editor: Editor): Acts {
  const { transport, session, viewport } = editor
  const seek = (position: number): void => {
    transport.seek(position)
    viewport.reveal(transport.positionSamples, transport.positionSamples)
  }
  const step = (direction: 1 | -1, by: 'bar' | null): void => {
    seek(nextGridLine(transport.positionSamples, direction, by ?? editor.snapStep, session.time))
  }
  const fine = (direction: 1 | -1): void =>
    seek(transport.positionSamples + direction * secondsToSamples(FINE_SEC, session.project.rateHz))
  return {
    'play-stop': command(() => transport.toggle()),
    'play-selection': command(
      () => {
        const regions = editor.chosenRegions
        const from = Math.min(...regions.map((region) => region.startSamples))
        void transport.play(from, Math.max(...regions.map(regionEnd)))
      },
      () => editor.chosenRegions.length > 0,
    ),
    stop: command(() => transport.stopAtStart()),
    'go-to-start': command(() => seek(0)),
    'go-to-end': command(() => seek(songEnd(session.project))),
    'toggle-loop': command(() => toggleLoop(editor)),
    'loop-selection': command(() => loopSelection(editor)),
    'toggle-follow': command(() => (transport.isFollowing = !transport.isFollowing)),
    'match-loudness': command(() => transport.matchLoudness(!transport.matchesLoudness)),
    'toggle-metronome': command(() => transport.setMetronome(!transport.hasMetronome, session.time)),
    'playhead-back': command(() => step(-1, null)),
    'playhead-forward': command(() => step(1, null)),
    'playhead-back-bar': command(() => step(-1, 'bar')),
    'playhead-forward-bar': command(() => step(1, 'bar')),
    'playhead-back-fine': command(() => fine(-1)),
    'playhead-forward-fine': command(() => fine(1)),
  }
}

/** A loop without a span takes the selection, or the whole song. */
function toggleLoop(editor: Editor): void {
  const { loop } = editor.session.project
  const hasSpan = loop.endSamples > loop.startSamples
  if (!hasSpan && !loop.isOn) return loopSelection(editor)
  editor.session.edit(loop.isOn ? say.edits.loopOff : say.edits.loopOn, (project) =>
    setLoop(project, { ...project.loop, isOn: !project.loop.isOn }),
  )
}

function loopSelection(editor: Editor): void {
  const regions = editor.chosenRegions
  const startSamples = regions.length > 0 ? Math.min(...regions.map((region) => region.startSamples)) : 0
  const endSamples = regions.length > 0 ? Math.max(...regions.map(regionEnd)) : songEnd(editor.session.project)
  if (endSamples > startSamples)
    editor.session.edit(say.edits.setLoop, (project) => setLoop(project, { isOn: true, startSamples, endSamples }))
}

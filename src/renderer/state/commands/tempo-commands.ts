import type { TempoPlace } from '../../../shared/project/edits/tempo-map.ts'
import { barStart, barUnder } from '../../../shared/units/song-time.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Commands } from './command.ts'

/** Changes of tempo and meter: flags above the ruler, with the keys of markers. */
export function tempoCommands(editor: Editor): Commands {
  const { tempo, session, transport, viewport } = editor
  const isMovable = ({ bar }: TempoPlace): boolean => bar > 1
  const onFocused = (label: string, act: (place: TempoPlace) => void, isPossible = (_: TempoPlace): boolean => true) =>
    command(
      label,
      () => {
        if (tempo.focused) act(tempo.focused)
      },
      () => tempo.focused !== null && isPossible(tempo.focused),
    )
  const reveal = (bar: number): void => {
    const position = barStart(session.time, bar)
    viewport.reveal(position, position)
  }
  const walk = (direction: 1 | -1) => (from: TempoPlace) => {
    const next = tempo.all[tempo.all.indexOf(from) + direction]
    if (!next) return
    reveal(next.bar)
    tempo.focus(next.bar)
  }
  const move = (place: TempoPlace, toBar: number | null): void => {
    if (toBar === null || !tempo.move(place, toBar)) return
    reveal(toBar)
    editor.host.say(say.tempo.nowAt(toBar))
  }
  const barOfPlayhead = (): number => barUnder(session.time, transport.positionSamples).number
  return {
    'toggle-tempo': command(say.tempo.toggleRow, () => tempo.toggleRow()),
    'add-tempo-change': command(say.tempo.add, () => {
      reveal(barOfPlayhead())
      tempo.edit(barOfPlayhead())
    }),
    'tempo-edit': onFocused(say.tempo.edit, ({ bar }) => tempo.edit(bar)),
    'tempo-right': onFocused(say.tempo.focusNext, walk(1)),
    'tempo-left': onFocused(say.tempo.focusBefore, walk(-1)),
    'tempo-later': onFocused(say.tempo.moveLater, (place) => move(place, tempo.freeBar(place.bar, 1)), isMovable),
    'tempo-earlier': onFocused(say.tempo.moveEarlier, (place) => move(place, tempo.freeBar(place.bar, -1)), isMovable),
    'tempo-to-playhead': onFocused(say.tempo.toPlayhead, (place) => move(place, barOfPlayhead()), isMovable),
    'tempo-ramp': onFocused(
      say.tempo.ramp,
      (place) => tempo.toggleRamp(place),
      (place) => place.tempo !== null && tempo.nextTempo(place.bar) !== null,
    ),
    'tempo-remove': onFocused(
      say.tempo.remove,
      (place) => {
        tempo.remove(place)
        editor.host.say(say.tempo.removed(place.bar))
      },
      isMovable,
    ),
    'tempo-menu': onFocused(say.tempo.menu, () => editor.requestMenu('tempo')),
  }
}

import type { TempoPlace } from '../../../shared/project/edits/tempo-map.ts'
import { barStart, barUnder } from '../../../shared/units/song-time.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'

/** Changes of tempo and meter: flags above the ruler, with the keys of markers. */
export function tempoCommands(editor: Editor): Acts {
  const { tempo, session, transport, viewport } = editor
  const isMovable = ({ bar }: TempoPlace): boolean => bar > 1
  const onFocused = (act: (place: TempoPlace) => void, isPossible = (_: TempoPlace): boolean => true) =>
    command(
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
    'toggle-tempo': command(() => tempo.toggleRow()),
    'add-tempo-change': command(() => {
      reveal(barOfPlayhead())
      tempo.edit(barOfPlayhead())
    }),
    'tempo-edit': onFocused(({ bar }) => tempo.edit(bar)),
    'tempo-right': onFocused(walk(1)),
    'tempo-left': onFocused(walk(-1)),
    'tempo-later': onFocused((place) => move(place, tempo.freeBar(place.bar, 1)), isMovable),
    'tempo-earlier': onFocused((place) => move(place, tempo.freeBar(place.bar, -1)), isMovable),
    'tempo-to-playhead': onFocused((place) => move(place, barOfPlayhead()), isMovable),
    'tempo-ramp': onFocused(
      (place) => tempo.toggleRamp(place),
      (place) => place.tempo !== null && tempo.nextTempo(place.bar) !== null,
    ),
    'tempo-remove': onFocused((place) => {
      tempo.remove(place)
      editor.host.say(say.tempo.removed(place.bar))
    }, isMovable),
    'tempo-menu': onFocused(() => editor.requestMenu('tempo')),
  }
}

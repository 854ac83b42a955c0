import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../sung-voice.ts'

/** What a person has on disk before the story begins. */
export interface Recordings {
  readonly stemNames: readonly [string, string]
  /** Its header promises more than it holds. */
  readonly truncatedName: string
  readonly clipNames: readonly string[]
}

/** The harmony sings for so long; the lead for the twelve seconds of a whole take. */
const HARMONY_SEC = 4

/** Fills "Stems", "Clips", "Songs" and "Exports" in a folder that is somebody's home. */
export function writeRecordings(homeFolder: string): Recordings {
  const [stems, clips] = ['Stems', 'Clips', 'Songs', 'Exports'].map((name) => {
    const folder = join(homeFolder, name)
    mkdirSync(folder)
    return folder
  })
  const lead = writeVoice(join(stems, 'Lead.wav'), [sungVoice('lead')])
  writeVoice(join(stems, 'Harmony.wav'), [sungVoice('harmony').subarray(0, HARMONY_SEC * VOICE_RATE_HZ)])
  const whole = readFileSync(lead)
  writeFileSync(join(stems, 'Adlibs.wav'), whole.subarray(0, Math.round(whole.length / 3)))
  const clipNames = [1, 2].map((seed) => {
    const name = `Nadia ${seed}.wav`
    writeVoice(join(clips, name), [sungVoice('high', seed)])
    return name
  })
  return { stemNames: ['Lead.wav', 'Harmony.wav'], truncatedName: 'Adlibs.wav', clipNames }
}

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../support/browser.ts'
import { enterWindow } from '../../support/enter-window.ts'
import { startTestHost, type TestHost } from '../../support/headless.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import { writeDomainFile } from '../../../src/shared/formats/domain-file.ts'
import { writeVocoderFile } from '../../../src/shared/formats/vocoder-file.ts'
import { writeWaveformSinger } from '../../../src/shared/formats/waveform-singer-file.ts'
import { drawMelody, instruments, play } from '../../support/instruments.ts'
import { tinyDomain } from '../../support/tiny-domain.ts'
import { createCamera, picturePath, sizes } from './camera.ts'
import { tinyVocoderCard, tinyWavenetVocoder } from '../../support/tiny-vocoder.ts'
import { tinyWaveformSinger } from '../../support/tiny-waveform.ts'
import { plugOutput } from '../../support/plug-output.ts'
import type { Scene, Set } from './set.ts'
import { saveSungSong, SONG_NAME } from './sung-song.ts'

/** For what an idle machine shows at once. */
const PATIENCE_MS = 45_000

/** One machine on which scene after scene is played, each with a library and a window of its own. */
export interface Studio {
  /** Throws what went wrong, after what was then in sight was kept as a picture. */
  play(name: string, scene: Scene): Promise<void>
  close(): Promise<void>
}

/** A whole run begins with an empty home; single scenes take up the song that an earlier run left there. */
export async function openStudio(isWholeRun: boolean): Promise<Studio> {
  const home = resolve(import.meta.dirname, '../../../out/screens-home')
  process.env['HOME'] = home
  if (isWholeRun) rmSync(home, { recursive: true, force: true })
  writeSounds(home)
  const folders = { library: join(home, '.understudy'), kept: join(home, '.sung-song') }
  const browser = await openBrowser()

  /** The song with its conversions, made once and taken up by every scene that needs it. */
  async function prepareSong(): Promise<void> {
    if (existsSync(folders.kept)) return
    for (const [, folder] of keptFolders(home, folders)) rmSync(folder, { recursive: true, force: true })
    await onStage('preparation', saveSungSong)
    for (const [kept, folder] of keptFolders(home, folders)) cpSync(folder, kept, { recursive: true })
  }
  async function onStage(name: string, play: (set: Set) => Promise<void>): Promise<void> {
    for (const folder of [folders.library, join(home, 'Songs')]) mkdirSync(folder, { recursive: true })
    const stage = await openStage(browser, home, folders.library)
    try {
      await play(stage.set)
    } catch (error) {
      await stage.set.page.screenshot({ path: picturePath(sizes[0], `failed-${name}`) }).catch(() => {})
      throw error
    } finally {
      await stage.close()
    }
  }
  return {
    async play(name, scene) {
      if (scene.needs === 'song') await prepareSong()
      for (const [kept, folder] of keptFolders(home, folders)) {
        rmSync(folder, { recursive: true, force: true })
        if (scene.needs === 'song') cpSync(kept, folder, { recursive: true })
      }
      await onStage(name, async (set) => {
        if (scene.needs === 'song') await openSungSong(set.page)
        await scene.play(set)
      })
    },
    close: () => browser.close(),
  }
}

async function openSungSong(page: Page): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${SONG_NAME}`) }).click()
  await page.locator('[data-region]').first().waitFor()
}

const keptFolders = (home: string, { library, kept }: { readonly library: string; readonly kept: string }) =>
  [
    [join(kept, 'library'), library],
    [join(kept, 'Songs'), join(home, 'Songs')],
  ] as const

interface Stage {
  readonly set: Set
  close(): Promise<void>
}

async function openStage(browser: Browser, home: string, library: string): Promise<Stage> {
  let host: TestHost = await startTestHost(library)
  const page = await browser.newPage({ viewport: { ...sizes[0] }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.addInitScript(plugOutput)
  await enterWindow(page, host)
  const set: Set = {
    page,
    home,
    camera: createCamera(page),
    host: () => host,
    async restart(meanwhile) {
      await page.goto('about:blank')
      await host.close()
      meanwhile?.()
      host = await startTestHost(library)
      await enterWindow(page, host)
    },
  }
  return {
    set,
    async close() {
      await page.close()
      await host.close()
    },
  }
}

function writeSounds(folder: string): void {
  const [stems, clips] = ['Stems', 'Clips', 'Exports', 'Dropped'].map((name) => {
    mkdirSync(join(folder, name), { recursive: true })
    return join(folder, name)
  })
  writeVoice(join(stems, 'Lead.wav'), [sungVoice('lead').subarray(0, 6 * VOICE_RATE_HZ)])
  writeVoice(join(stems, 'Doubles.wav'), [sungVoice('lead', 2).subarray(0, 6 * VOICE_RATE_HZ)])
  writeFileSync(join(stems, 'Broken.wav'), 'This is a letter, and no sound.')
  for (const seed of [1, 2, 3]) writeVoice(join(clips, `Nadia ${seed}.wav`), [sungVoice('high', seed)])
  for (const [index, mood] of ['neutral', 'happy', 'sad', 'neutral', 'happy', 'sad'].entries()) {
    mkdirSync(join(folder, 'Moods', mood), { recursive: true })
    writeVoice(join(folder, 'Moods', mood, `take ${index + 1}.wav`), [sungVoice('high', 1 + index)])
  }
  writeInstruments(join(folder, 'Instruments'))
  for (const [name, voice] of Object.entries({ Bruno: 'low', Mira: 'lead', Nadia: 'high' } as const)) {
    mkdirSync(join(folder, 'People', name), { recursive: true })
    for (const seed of [4, 5]) writeVoice(join(folder, 'People', name, `${name} ${seed}.wav`), [sungVoice(voice, seed)])
  }
  writeFileSync(join(folder, 'Sampled.singer'), writeWaveformSinger(tinyWaveformSinger()))
  writeFileSync(
    join(folder, 'Wave.vocoder'),
    writeVocoderFile(tinyWavenetVocoder, { ...tinyVocoderCard, name: 'Wave' }),
  )
  const random = createRandom(1)
  writeVoice(join(clips, 'Hiss.wav'), [Float32Array.from({ length: 96_000 }, () => random.normal() * 0.1)])
  writeVoice(join(clips, 'Empty room.wav'), [new Float32Array(96_000)])
}

/** A domain that learned nothing, and two instruments to learn from. */
function writeInstruments(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'Flute.domain'), writeDomainFile(tinyDomain('Flute')))
  const random = createRandom(2)
  for (const [name, instrument] of [
    ['Flute', instruments.flute],
    ['Fiddle', instruments.fiddle],
  ] as const) {
    mkdirSync(join(folder, name), { recursive: true })
    for (const take of [1, 2]) {
      const { samples } = play(instrument, drawMelody(random, 6), VOICE_RATE_HZ, random)
      writeVoice(join(folder, name, `${name} ${take}.wav`), [samples])
    }
  }
}

/**
 * `npm run screenshots`, after `npm run build`: every screen and state of the window as pictures in out/screens, at
 * 1440 × 900 and 1120 × 700, from sound of the product's own synthesizer. Takes some minutes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { openBrowser } from '../../support/browser.ts'
import { startTestHost, type TestHost } from '../../support/headless.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import { createCamera } from './camera.ts'
import { dialogs, emptySong, startPage } from './start-scenes.ts'
import { editorScenes, exportScenes, faultScenes } from './song-scenes.ts'
import { endings, lookScenes, trainingScenes } from './other-scenes.ts'
import type { Set } from './set.ts'

const PATIENCE_MS = 90_000

const home = makeTemporaryFolder()
process.env['HOME'] = home
writeSounds(home)
const library = join(home, '.understudy')
mkdirSync(library)
let host: TestHost = await startTestHost(library)
const browser = await openBrowser()
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(host.server.url)
  const set: Set = {
    page,
    home,
    camera: createCamera(page),
    host: () => host,
    async restart() {
      await page.goto('about:blank')
      await host.close()
      host = await startTestHost(library)
      await page.goto(host.server.url)
    },
  }
  const wanted = process.argv.slice(2)
  const scenes = {
    startPage,
    dialogs,
    emptySong,
    editorScenes,
    exportScenes,
    faultScenes,
    lookScenes,
    trainingScenes,
    endings,
  }
  for (const [name, scene] of Object.entries(scenes)) {
    if (wanted.length === 0 || wanted.includes(name)) await scene(set)
  }
  process.stdout.write(`${set.camera.folder}\n`)
} finally {
  await browser.close()
  await host.close()
  removeFolder(home)
}

function writeSounds(folder: string): void {
  const [stems, clips] = ['Stems', 'Clips', 'Songs', 'Exports'].map((name) => {
    mkdirSync(join(folder, name))
    return join(folder, name)
  })
  writeVoice(join(stems, 'Lead.wav'), [sungVoice('lead').subarray(0, 6 * VOICE_RATE_HZ)])
  writeFileSync(join(stems, 'Broken.wav'), 'no sound')
  for (const seed of [1, 2, 3]) writeVoice(join(clips, `Nadia ${seed}.wav`), [sungVoice('high', seed)])
  const random = createRandom(1)
  writeVoice(join(clips, 'Hiss.wav'), [Float32Array.from({ length: 96_000 }, () => random.normal() * 0.1)])
  writeVoice(join(clips, 'Empty room.wav'), [new Float32Array(96_000)])
}

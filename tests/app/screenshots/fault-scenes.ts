import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isConverting, killConverter } from '../../support/story/dying-engine.ts'
import { button, dockTab, emotion, entry, rest, sung, untilDone, type Scene } from './set.ts'
import { SONG_NAME } from './sung-song.ts'

/** What goes wrong, and how the window says so. */
export const faultScenes = {
  engineStopped: {
    needs: 'song',
    async play(set) {
      const { page, camera } = set
      await emotion(page, 'Verse', 'Angry')
      await page.keyboard.press('c')
      await isConverting(set.host())
      await killConverter(set.host())
      set.host().killWorker('interactive')
      await page.locator('[data-state=failed]').waitFor(untilDone)
      await dockTab(page, 'Jobs')
      await camera.take('engine-stopped')
      await page.getByRole('button', { name: 'Details' }).first().click()
      await page.getByRole('dialog').waitFor()
      await camera.take('dialog-failure')
    },
  },
  mediaMissing: {
    needs: 'song',
    async play(set) {
      const { page, camera } = set
      const sources = join(set.home, 'Songs', `${SONG_NAME} media`, 'sources')
      await page.keyboard.press('Control+w')
      await page.getByRole('heading', { name: 'Recent' }).waitFor()
      const [first] = readdirSync(sources).filter((name) => name.endsWith('.wav'))
      renameSync(join(sources, first), join(set.home, 'Dropped', first))
      await button(page, new RegExp(`^${SONG_NAME}`)).click()
      await page.locator('[data-state=missing]').first().waitFor()
      await camera.take('media-missing')
    },
  },
  outputGone: {
    needs: 'song',
    async play({ page, camera }) {
      await button(page, 'Menu').click()
      await entry(page, 'Audio output').click()
      await page.getByRole('menuitemradio', { name: 'Desk speakers' }).click()
      await page.evaluate(() => window.unplugOutput?.())
      await page.getByText('“Desk speakers” is gone').first().waitFor()
      await camera.take('output-gone')
    },
  },
  notSaved: {
    needs: 'song',
    async play(set) {
      const { page, camera } = set
      const trouble = join(set.home, 'trouble.json')
      process.env['UNDERSTUDY_TEST_DISK'] = trouble
      await import(pathToFileURL(join(import.meta.dirname, '../../support/failing-disk.mjs')).href)
      writeFileSync(trouble, JSON.stringify({ code: 'ENOSPC', under: join(set.home, 'Songs') }))
      try {
        await button(page, /^Mute /)
          .first()
          .click()
        await page.keyboard.press('Control+s')
        await page
          .getByText(/disk is full/)
          .first()
          .waitFor()
        await camera.take('disk-full')
      } finally {
        rmSync(trouble)
      }
    },
  },
  newerSong: {
    needs: 'song',
    async play(set) {
      const { page, camera } = set
      const path = join(set.home, 'Songs', `${SONG_NAME}.understudy`)
      await page.keyboard.press('Control+w')
      await page.getByRole('heading', { name: 'Recent' }).waitFor()
      const document = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> // its own file
      writeFileSync(path, JSON.stringify({ ...document, version: Number(document['version']) + 1, surprise: true }))
      await button(page, new RegExp(`^${SONG_NAME}`)).click()
      await page.getByText('newer Understudy').first().waitFor()
      await camera.take('song-newer')
    },
  },
  endings: {
    needs: 'song',
    async play(set) {
      const { page, camera } = set
      await button(page, /^Mute /).click()
      await page.keyboard.press('Control+w')
      await page.getByRole('dialog').waitFor()
      await camera.take('dialog-save')
      await page.keyboard.press('Escape')
      // What is kept is written a little after the last edit.
      const { recoveryFolder } = set.host().paths
      await until(() => readdirSync(recoveryFolder).length > 0)
      await set.restart(() => renameSync(join(set.home, 'Songs', `${SONG_NAME}.understudy`), join(set.home, 'moved')))
      await page.getByText('has work that was not saved').waitFor()
      await camera.take('start-recovery-and-moved')
      await button(page, /^Discard/).click()
      await page.getByRole('dialog').waitFor()
      await camera.take('dialog-discard')
      await rest(page)
      await set.host().server.close()
      await page.getByText('does not answer').waitFor()
      await camera.take('connection-lost')
    },
  },
  unconverted: {
    needs: 'song',
    async play({ page, camera }) {
      await emotion(page, 'Verse', 'Angry')
      await page.keyboard.press('c')
      await page.locator('[data-state=converting]').waitFor(untilDone)
      await page.keyboard.press('Control+w')
      await page.getByRole('dialog').waitFor()
      await camera.take('dialog-close-while-converting')
      await sung(page, 'Verse').waitFor()
    },
  },
} satisfies Record<string, Scene>

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((settle) => setTimeout(settle, 100))
}

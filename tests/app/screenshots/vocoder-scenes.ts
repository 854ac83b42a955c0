import type { Page } from 'playwright-core'
import { button, picked, sung, untilDone, type Scene } from './set.ts'

/** Fewer steps than a size has: the picture needs checks, not quality. */
async function learnBriefly(page: Page, steps: number): Promise<void> {
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      server.send(String(message).replace('"size":"compact"', `"size":"compact","steps":${steps}`))
    })
  })
  await page.reload()
}

async function openPage(page: Page): Promise<void> {
  await button(page, 'Train a vocoder').click()
  await page.getByRole('heading', { name: 'Train a vocoder' }).waitFor()
}

async function choosePeople(page: Page): Promise<void> {
  await button(page, 'A folder of people').click()
  await picked(page, 'People').click()
  await button(page, 'Choose this folder').click()
  await page.getByLabel('Name of the vocoder').fill('Choir')
  await page.getByLabel('Whose recordings these are').fill('A synthesizer')
  await page.getByLabel('What may be done with the vocoder').fill('Anything')
  for (const name of ['Bruno', 'Mira', 'Nadia'])
    await page
      .getByRole('region', { name })
      .getByText(/^2 of 2 used/)
      .waitFor(untilDone)
}

/** Vocoders: how one is learned from several people. */
export const vocoderScenes = {
  vocoderTraining: {
    needs: 'nothing',
    async play({ page, camera }) {
      await button(page, 'Open demo').click()
      await sung(page, 'Verse').waitFor()
      await button(page, 'Import a vocoder').click()
      await picked(page, 'Wave.vocoder').click()
      await button(page, /^Choose/).click()
      await openPage(page)
      await camera.take('vocoder-training-empty')
      await choosePeople(page)
      await page.getByText('Recordings of Mira').click()
      await camera.take('vocoder-training-people')
      await page.getByRole('radio', { name: /^Parallel WaveNet, compact/ }).check()
      await page.getByRole('combobox', { name: 'Its teacher' }).waitFor()
      await camera.take('vocoder-training-teacher')
      await page.getByRole('radio', { name: /^Source and filter, compact/ }).check()
      await button(page, 'Start learning').click()
      await page
        .getByText(/step \d+ of/)
        .first()
        .waitFor(untilDone)
      await camera.take('vocoder-training-learning')
    },
  },

  vocoderCheckpoints: {
    needs: 'nothing',
    async play({ page, camera }) {
      await learnBriefly(page, 8)
      await button(page, 'Open demo').click()
      await sung(page, 'Verse').waitFor()
      await openPage(page)
      await choosePeople(page)
      await button(page, 'Start learning').click()
      await page.getByText('Checkpoints').waitFor(untilDone)
      await button(page, 'Train another vocoder').waitFor(untilDone)
      await page.getByRole('radio', { name: /8 steps/ }).click()
      await page.getByRole('radio', { name: /8 steps/, checked: true }).waitFor(untilDone)
      await camera.take('vocoder-checkpoints')
    },
  },
} satisfies Record<string, Scene>

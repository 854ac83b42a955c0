import { button, pick, untilDone, type Scene } from './set.ts'

export const startScenes = {
  start: {
    needs: 'nothing',
    async play({ page, camera }) {
      await page.getByRole('heading', { name: 'Try the demo song' }).waitFor()
      await camera.take('start')
      await button(page, 'Measure').click()
      await page.getByText('real time').waitFor(untilDone)
      await camera.take('start-measured')
      await page.keyboard.press('Control+,')
      await camera.take('dialog-preferences')
    },
  },
  dialogs: {
    needs: 'nothing',
    async play({ page, camera }) {
      for (const [key, heading, name] of [
        ['?', 'Keyboard shortcuts', 'shortcuts'],
        ['Control+n', 'New project', 'new-project'],
        ['Control+i', 'Choose files', 'picker'],
      ] as const) {
        await page.keyboard.press(key)
        await page.getByRole('heading', { name: heading }).waitFor()
        await camera.take(`dialog-${name}`)
        await page.keyboard.press('Escape')
        await page.getByRole('heading', { name: heading }).waitFor({ state: 'hidden' })
      }
    },
  },
  emptySong: {
    needs: 'nothing',
    async play({ page, camera }) {
      await page.keyboard.press('Control+n')
      await page.getByRole('dialog', { name: 'New project' }).waitFor()
      await page.keyboard.type('Paper Lanterns')
      await page.keyboard.press('Enter')
      await page.getByText('Drop vocal stems here').waitFor()
      await camera.take('song-empty')
      await page.keyboard.press('Control+i')
      await pick(page, 'Stems', ['Broken.wav'])
      await button(page, 'Choose').click()
      await page.getByRole('dialog', { name: 'One file was not imported' }).waitFor()
      await camera.take('dialog-refused')
      await page.keyboard.press('Escape')
      await page.getByLabel('Status').getByRole('button', { name: 'Jobs' }).click()
      await camera.take('jobs-refused')
    },
  },
  recent: {
    needs: 'song',
    async play({ page, camera }) {
      await page.keyboard.press('Control+w')
      await page.getByRole('heading', { name: 'Recent' }).waitFor()
      await camera.take('start-recent')
    },
  },
} satisfies Record<string, Scene>

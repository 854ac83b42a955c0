import { button, pick, untilDone, type Scene } from './set.ts'

export const trainingScenes = {
  training: {
    needs: 'nothing',
    async play(set) {
      const { page, camera } = set
      const title = (name: string | RegExp) => page.getByRole('heading', { name })
      await button(page, /^Train( a singer)?$/).click()
      await title('Train a singer').waitFor()
      await camera.take('training-empty')
      await page.getByRole('textbox', { name: 'Name of the singer' }).fill('Nadia')
      await page.getByRole('checkbox', { name: 'The owner of this voice agrees' }).click()
      await page.getByRole('textbox', { name: 'Who agreed, and how' }).fill('Nadia herself, in writing')
      await button(page, 'Add clips').click()
      await pick(page, 'Clips', ['Nadia 1.wav', 'Nadia 2.wav', 'Nadia 3.wav', 'Hiss.wav', 'Empty room.wav'])
      await button(page, /^Choose 5 files/).click()
      await title('Pitch coverage').waitFor(untilDone)
      await camera.take('training-clips')
      await page.getByRole('row').filter({ hasText: 'Hiss.wav' }).locator('[aria-expanded]').click()
      await camera.take('training-clip-details')
      await page.getByText('Quick', { exact: true }).click()
      await button(page, 'Start learning').click()
      await button(page, 'Hear step 100').waitFor(untilDone)
      await camera.take('training-learning')
      await button(page, 'Pause').click()
      await title('Paused').waitFor(untilDone)
      await camera.take('training-paused')
      await set.restart()
      await button(page, 'Resume').waitFor()
      await camera.take('start-resume')
      await button(page, 'Resume').click()
      await page.getByRole('button', { name: 'Train', exact: true }).click()
      await title('Learning').waitFor(untilDone)
      await button(page, 'Stop and keep').click()
      await title('Learned').waitFor(untilDone)
      await camera.take('training-learned')
      await button(page, /^Back/).click()
      await camera.take('start-own-singer')
    },
  },
} satisfies Record<string, Scene>

import { button, pick, pickHere, untilDone, type Scene } from './set.ts'

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
  waveformTraining: {
    needs: 'nothing',
    async play({ page, camera }) {
      const singer = async (name: string, clips: readonly string[], isFirst: boolean) => {
        await page.getByRole('textbox', { name: 'Name of the singer' }).fill(name)
        await page.getByRole('checkbox', { name: 'The owner of this voice agrees' }).click()
        await page.getByRole('textbox', { name: 'Who agreed, and how' }).fill(`${name}, in writing`)
        await button(page, 'Add clips').click()
        await (isFirst ? pick(page, 'Clips', clips) : pickHere(page, clips))
        await button(page, /^Choose/).click()
        await page.getByRole('heading', { name: 'Pitch coverage' }).waitFor(untilDone)
      }
      await button(page, /^Train( a singer)?$/).click()
      await singer('Nadia', ['Nadia 1.wav', 'Nadia 2.wav'], true)
      await button(page, 'Learn another singer with this one').click()
      await singer('Hana', ['Nadia 3.wav'], false)
      await page.getByRole('combobox', { name: 'Way' }).click()
      await page.getByRole('option', { name: /sample by sample/i }).click()
      await page.getByRole('heading', { name: 'Length' }).scrollIntoViewIfNeeded()
      await camera.take('training-waveform')
    },
  },
  emotionTraining: {
    needs: 'nothing',
    async play({ page, camera }) {
      await button(page, 'Train an emotion model').click()
      await page.getByLabel('Name of the model').waitFor()
      await camera.take('emotion-training-empty')
      await page.getByLabel('Name of the model').fill('Moods')
      await page.getByLabel('Whose clips these are').fill('A synthesizer')
      await page.getByLabel('What may be done with the model').fill('Anything')
      await button(page, 'Choose folder').click()
      await page.getByText('Moods', { exact: true }).first().dblclick()
      await button(page, 'Choose this folder').click()
      await page.getByRole('table', { name: 'Clips that are used, by emotion and person' }).waitFor(untilDone)
      await page
        .getByText('Listening to')
        .first()
        .waitFor({ state: 'hidden', ...untilDone })
      await page.getByRole('combobox', { name: 'Clips that are shown' }).click()
      await page.getByRole('option', { name: 'All clips' }).click()
      await camera.take('emotion-training-clips')
      await button(page, 'Start learning').click()
      await page.getByRole('heading', { name: 'Learned' }).waitFor(untilDone)
      await camera.take('emotion-training-learned')
    },
  },
} satisfies Record<string, Scene>

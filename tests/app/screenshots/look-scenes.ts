import { button, dockTab, select, untilDone, type Scene, type Set } from './set.ts'

/** The song in the other looks: more contrast, the system's colors, twice the size, Korean. */
export const lookScenes = {
  highContrast: {
    needs: 'song',
    async play(set) {
      const { page, camera } = set
      await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' })
      await showcase(set, 'high-contrast')
      await page.keyboard.press('Control+w')
      await page.getByRole('heading', { name: 'Recent' }).waitFor()
      await camera.take('high-contrast-start')
    },
  },
  forcedColors: {
    needs: 'song',
    async play(set) {
      await set.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
      await showcase(set, 'forced-colors')
    },
  },
  twiceTheSize: {
    needs: 'song',
    async play({ page, camera }) {
      // A window of 1440 × 900 at a scale of 200 % has half as many of its own pixels.
      await select(page, 'Verse')
      await camera.takeScaled('scale-200')
      await dockTab(page, 'Mixer')
      await camera.takeScaled('scale-200-mixer')
      await dockTab(page, 'Mixer')
      await page.keyboard.press('Control+Shift+E')
      await page.getByRole('dialog', { name: 'Export' }).waitFor()
      await camera.takeScaled('scale-200-export')
    },
  },
  korean: {
    needs: 'song',
    async play({ page, camera }) {
      const title = (name: string) => page.getByRole('heading', { name, exact: true })
      await page.keyboard.press('Control+,')
      await page.getByRole('combobox', { name: 'Language' }).click()
      await page.getByRole('option', { name: '한국어', exact: true }).click()
      await title('환경설정').waitFor()
      await camera.take('korean-preferences')
      await page.keyboard.press('Escape')
      await select(page, 'Verse')
      await camera.take('korean-region')
      await page.getByRole('button', { name: /^작업/ }).first().click()
      await camera.take('korean-jobs')
      await page.getByRole('button', { name: /^작업/ }).first().click()
      await page.keyboard.press('Shift+E')
      await page.getByText('음표를 찾는 중').waitFor({ state: 'hidden', ...untilDone })
      await camera.take('korean-editor')
      await page.keyboard.press('Shift+E')
      await page.keyboard.press('Control+Shift+E')
      await title('내보내기').waitFor()
      await camera.take('korean-export')
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await title('키보드 단축키').waitFor()
      await camera.take('korean-shortcuts')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+w')
      await page.getByRole('button', { name: '데모 열기' }).waitFor()
      await camera.take('korean-start')
      await button(page, '학습').click()
      await title('가수 학습').waitFor()
      await camera.take('korean-training')
    },
  },
} satisfies Record<string, Scene>

async function showcase({ page, camera }: Set, look: string): Promise<void> {
  await select(page, 'Verse')
  await camera.take(`${look}-song`)
  await dockTab(page, 'Editor')
  await page.getByText('Finding the notes').waitFor({ state: 'hidden', ...untilDone })
  await camera.take(`${look}-editor`)
  await dockTab(page, 'Mixer')
  await camera.take(`${look}-mixer`)
  await dockTab(page, 'Mixer')
  await page.keyboard.press('Control+Shift+E')
  await page.getByRole('dialog', { name: 'Export' }).waitFor()
  await camera.take(`${look}-export`)
  await page.keyboard.press('Escape')
}

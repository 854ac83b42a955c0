import chromium from '@sparticuz/chromium'
import { chromium as driver, type Browser } from 'playwright-core'

const everyBrowser = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required']
/** Without a card, pages are painted by the processor straight away: by an emulated card it would take it twice as much. */
const painting = ['--disable-gpu']
/** Graphics by software, so that the machine needs no card; WebGPU as well. */
const computing = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
]

/** The browser that comes with the test dependencies: nothing is downloaded. */
export const openBrowser = (moreWords: readonly string[] = []): Promise<Browser> => launch([...painting, ...moreWords])

/** One whose pages can compute with WebGPU. */
export const openComputingBrowser = (): Promise<Browser> => launch(computing)

const launch = async (words: readonly string[]): Promise<Browser> =>
  driver.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: [...everyBrowser, ...words],
  })

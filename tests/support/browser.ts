import chromium from '@sparticuz/chromium'
import { chromium as driver, type Browser } from 'playwright-core'

/** Graphics by software, so that the machine needs no card; WebGPU as well. */
const browserArguments = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
  '--autoplay-policy=no-user-gesture-required',
]

/** The browser that comes with the test dependencies: nothing is downloaded. */
export const openBrowser = async (): Promise<Browser> =>
  driver.launch({ executablePath: await chromium.executablePath(), headless: true, args: browserArguments })

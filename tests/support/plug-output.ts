/** In the page: a second output, which no machine without a sound card has, and the way to pull its plug. */
export function plugOutput(): void {
  // The blank page between two starts is not served securely.
  if (!isSecureContext) return
  let outputs = [{ deviceId: 'desk', kind: 'audiooutput', label: 'Desk speakers', groupId: '' }]
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve(outputs as unknown as MediaDeviceInfo[])
  Object.assign(AudioContext.prototype, { setSinkId: () => Promise.resolve() })
  window.unplugOutput = () => {
    outputs = []
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  }
}

declare global {
  interface Window {
    unplugOutput?: () => void
  }
}

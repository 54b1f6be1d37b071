declare module 'jsbarcode/bin/barcodes/CODE128/CODE128C.js' {
  class Code128C {
    constructor(digits: string, options: Record<string, never>);
    /** `data` is a string of ones (dark) and zeros, a digit for each module. */
    encode(): { readonly data: string; readonly text: string };
  }
  /** CommonJS: the class is one step down. */
  const exported: { readonly default: typeof Code128C };
  export default exported;
}

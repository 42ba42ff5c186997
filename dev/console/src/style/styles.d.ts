/** Styles are bundled beside the code; importing them gives nothing. */
declare module '*.css' {}

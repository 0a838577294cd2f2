declare module '*.astro' {
  const Component: (props: never) => unknown;
  export default Component;
}

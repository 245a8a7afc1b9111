/** The password of everyone in the demo data. The documentation names it, so no real account may have it. */
export const demoPassword = 'interlock-demo';

// The version that `chorc --version` prints and generated files are marked with; a test holds it against
// package.json, which a bundle does not carry along.

export const version = "0.1.0";

// A new passkey is asked for its PRF when it is made: most can open the private space only if asked then.
// allauth's script passes on the extensions it knows, and this is not among them.
(() => {
  if (!navigator.credentials) return;
  const create = navigator.credentials.create.bind(navigator.credentials);
  navigator.credentials.create = (options) => {
    if (options && options.publicKey) {
      options.publicKey.extensions = { ...options.publicKey.extensions, prf: {} };
    }
    return create(options);
  };
})();

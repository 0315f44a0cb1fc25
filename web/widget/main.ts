console.log('maru');export {};

// Loads the program named in the page; its names change with each build, this file's with none.
import(document.getElementById("program").href)
  .then((program) => program.default())
  .catch((error) => {
    console.error(error);
    const starting = document.getElementById("starting");
    if (starting) starting.hidden = false;
  });

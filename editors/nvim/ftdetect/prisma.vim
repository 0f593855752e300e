autocmd BufNewFile,BufRead *.prisma setfiletype prisma

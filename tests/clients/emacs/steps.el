;;; steps.el --- tests eglot with the server on the example project  -*- lexical-binding: t -*-

(require 'eglot)
(require 'cl-lib)

(defvar refract-failures 0)
(setq eglot-confirm-server-initiated-edits nil)
(setq-default case-fold-search nil) ; User is not user

(defun refract-until (what look)
  "Wait until LOOK returns non-nil and return that; fail naming WHAT."
  (let ((end (+ (float-time) 10)) found)
    (while (and (not (setq found (funcall look))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or found (error "waited in vain for %s" what))))

(defun refract-ask (method parameters)
  (jsonrpc-request (eglot-current-server) method parameters))

(defun refract-here ()
  (eglot--TextDocumentPositionParams))

(defun refract-problems ()
  "Texts and covered texts of the problems shown in the buffer."
  (mapcar (lambda (problem)
            (cons (flymake-diagnostic-text problem)
                  (buffer-substring-no-properties (flymake-diagnostic-beg problem) (flymake-diagnostic-end problem))))
          (progn (flymake-start) (flymake-diagnostics))))

(defun refract-after (text)
  (goto-char (point-min))
  (search-forward text))

(defmacro refract-step (name &rest body)
  (declare (indent 1))
  `(condition-case problem
       (progn ,@body (message "ok   %s" ,name))
     (error (cl-incf refract-failures)
            (message "FAIL %s\n%s" ,name (error-message-string problem)))))

(refract-step "eglot connects with the documented configuration"
  (find-file (expand-file-name "prisma/schema.prisma" (getenv "REFRACT_EXAMPLE")))
  (cl-assert (eq major-mode 'prisma-schema-mode))
  (call-interactively #'eglot)
  (refract-until "the server" #'eglot-current-server)
  (cl-assert (equal (plist-get (eglot--server-info (eglot-current-server)) :name) "refract")))

(refract-step "a mistake that is typed becomes a diagnostic"
  (refract-after "image         String?")
  (insert "\n  bio Strng?")
  (eglot--signal-textDocument/didChange)
  (let ((problems (refract-until "a problem" #'refract-problems)))
    (cl-assert (= (length problems) 1) t)
    (cl-assert (string-match-p "Strng" (caar problems)) t)
    (cl-assert (equal (cdar problems) "Strng") t)))

(refract-step "the quick fix is offered and fixes the diagnostic"
  (refract-after "bio Str")
  (let* ((actions (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix"))
         (fix (cl-find-if (lambda (action) (string-match-p "String" (plist-get action :title))) actions)))
    (cl-assert fix t)
    (eglot--apply-workspace-edit (plist-get fix :edit)))
  (eglot--signal-textDocument/didChange)
  (refract-after "bio String?")
  (refract-until "no problem" (lambda () (null (refract-problems)))))

(refract-step "definition, references and hover"
  (refract-after "model Account {")
  (search-forward "User")
  (backward-char 2)
  (let ((definition (refract-ask :textDocument/definition (refract-here))))
    (when (vectorp definition) (setq definition (aref definition 0)))
    (goto-char (eglot--lsp-position-to-point (plist-get (or (plist-get definition :targetSelectionRange) (plist-get definition :range)) :start)))
    (cl-assert (equal (thing-at-point 'line t) "model User {\n") t))
  (refract-after "model Us")
  (cl-assert (= 3 (length (refract-ask :textDocument/references
                                       (append (refract-here) '(:context (:includeDeclaration t)))))) t)
  (cl-assert (string-match-p "A person who can sign in" (format "%s" (refract-ask :textDocument/hover (refract-here)))) t))

(refract-step "rename and formatting"
  (refract-after "model Sess")
  (eglot-rename "Visit")
  (refract-after "model Visit {")
  (refract-after "Visit[]")
  (eglot-format-buffer)
  (refract-after "\n  bio           String?\n"))

(message (if (= refract-failures 0) "all steps passed" (format "%d steps failed" refract-failures)))
(kill-emacs (if (= refract-failures 0) 0 1))
;;; steps.el ends here

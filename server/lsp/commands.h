#pragma once

// Names that clients know: see editors/README.md for arguments and results.
namespace refract::lsp {

inline constexpr const char* kGenerateCommand = "refract.migration.generate";
inline constexpr const char* kPreviewCommand = "refract.migration.preview";
inline constexpr const char* kVerifyCommand = "refract.migration.verify";
inline constexpr const char* kRenameCommand = "refract.migration.rename";
inline constexpr const char* kCastCommand = "refract.migration.cast";
inline constexpr const char* kStatusCommand = "refract.status";

// Run by clients that said `clientCommands`: they ask for a name, or show the preview beside the schema.
inline constexpr const char* kClientGenerateCommand = "refract.generateMigration";
inline constexpr const char* kClientPreviewCommand = "refract.previewMigration";
inline constexpr const char* kClientVerifyCommand = "refract.verifyMigration";
// Argument: {uri, position}. Shows who refers to what is there.
inline constexpr const char* kClientReferencesCommand = "refract.showReferences";

// Kinds of code actions.
inline constexpr const char* kFixAllKind = "source.fixAll.refract";
inline constexpr const char* kMigrationKind = "source.refract.migration";

}  // namespace refract::lsp

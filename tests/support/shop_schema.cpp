#include "support/shop_schema.h"

#include <array>
#include <string_view>

namespace refract::tests {
namespace {

constexpr std::string_view kHead = R"(// The shop's schema.
datasource db {
  provider = "postgresql"
}

generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}

/// What a person may do.
enum Role {
  USER
  ADMIN @map("admin")

  @@map("role")
}

enum State {
  OPEN
  PAID
  SENT
}

model User {
  id        String   @id @default(cuid())
  email     String   @unique @db.VarChar(320)
  name      String?
  role      Role     @default(USER)
  createdAt DateTime @default(now()) @map("created_at")
  updatedAt DateTime @updatedAt
  settings  Json     @default("{}")
)";

constexpr std::array<std::string_view, 12> kThings = {"Order",   "Invoice", "Address", "Basket", "Review", "Message",
                                                      "Payment", "Voucher", "Return",  "Ticket", "Device", "Session"};

std::string lower_first(std::string_view name) {
  std::string word(name);
  word.front() = static_cast<char>(word.front() - 'A' + 'a');
  return word;
}

void add_thing(std::string& text, const std::string& name) {
  text += "/// One " + name + " of a person.\nmodel " + name + " {\n";
  text += "  id      Int      @id @default(autoincrement())\n";
  text += "  title   String   @default(\"a (new) " + name + "\") // with { in it\n";
  text += "  total   Decimal  @default(0.0) @db.Decimal(10, 2)\n";
  text += "  state   State    @default(OPEN)\n";
  text += "  tags    String[] @default([\"a\", \"b\"])\n";
  text += "  userId  String   @map(\"user_id\")\n";
  text += "  user    User     @relation(fields: [userId], references: [id], onDelete: Cascade)\n";
  text += "  items   " + name + "Item[]\n\n";
  text += "  @@index([userId, state(sort: Desc)])\n  @@map(\"" + lower_first(name) + "s\")\n}\n\n";

  text += "model " + name + "Item {\n  id      Int @id @default(autoincrement())\n  count   Int\n";
  text += "  note    String? @db.Text\n  ownerId Int\n";
  text += "  owner   " + name + " @relation(fields: [ownerId], references: [id])\n";
  text += "  parentId Int?\n  parent   " + name + "Item?  @relation(\"tree\", fields: [parentId], references: [id])\n";
  text += "  children " + name + "Item[] @relation(\"tree\")\n  labels   " + name + "Label[]\n\n";
  text += "  @@unique([ownerId, count], name: \"place\")\n}\n\n";

  text += "model " + name + "Label {\n  name  String @id\n  items " + name + "Item[]\n}\n\n";
}

}  // namespace

std::string shop_schema() {
  std::string text(kHead);
  for (std::string_view thing : kThings) {
    const std::string name(thing);
    text += "  " + lower_first(name) + "s " + name + "[]\n";
  }
  text += "\n  @@index([createdAt])\n}\n\n";
  for (std::string_view thing : kThings) add_thing(text, std::string(thing));
  text += "view Total {\n  id    Int     @unique\n  total Decimal\n}\n";
  return text;
}

}  // namespace refract::tests

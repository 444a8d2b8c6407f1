using System.Text.Json;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Code;

public sealed class CodeToolTests
{
    private static SourceFixture Shop() => new SourceFixture()
        .With("src/Shop/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />\n")
        .With("src/Shop/Cart.cs", "namespace Shop;\n\npublic class Cart\n{\n    public int Total(int x) => x;\n    public int Twice() => Total(1) + this.Total(2);\n}\n\npublic class Other\n{\n    public int Total() => 0;\n}\n")
        .With("src/App/App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <ItemGroup><ProjectReference Include=\"..\\Shop\\Shop.csproj\" /></ItemGroup>\n</Project>\n")
        .With("src/App/Program.cs", "using Shop;\n\nvar cart = new Cart();\n// Total in a comment\nConsole.WriteLine(cart.Total(3));\nConsole.WriteLine(new Other().Total());\nConsole.WriteLine(\"Total\");\nMissing.Package.Total();\n")
        .With("web/cart.ts", "import { sum } from './sum';\nexport function Total(x: number) { return sum(x); }\n")
        .With("web/sum.ts", "import { Total } from './cart.js';\nexport function sum(x: number) { return x > 9 ? Total(x) : x; }\n// Total\n")
        .With("tool/main.py", "from tool import helper\nfrom .helper import go\n\ngo()\n")
        .With("tool/helper.py", "def go():\n    pass\n")
        .With("tool/__init__.py", "")
        .With("lib/a.hs", "main = print 1\n");

    [Fact]
    public async Task OutlineFile_SourceFile_ListsItsDefinitions()
    {
        using var bench = await ToolBench.OfAsync(Shop());
        var outline = await bench.CallAsync("outline_file", new { path = "src/Shop/Cart.cs" });
        Assert.Equal(
            "src/Shop/Cart.cs, 12 lines\n1-12 namespace Shop\n3-7   public class Cart\n5-5     public int Total(int x)\n6-6     public int Twice()\n9-12   public class Other\n11-11     public int Total()\n",
            outline.Content);
        Assert.Contains("It defines nothing", (await bench.CallAsync("outline_file", new { path = "tool/__init__.py" })).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lib/a.hs", "is Haskell; outlines are made of C#, C, C++")]
    [InlineData("src/none.cs", "does not exist")]
    [InlineData("../x.cs", "'..'")]
    public async Task OutlineFile_WhatCantBeOutlined_SaysWhy(string path, string message)
    {
        using var bench = await ToolBench.OfAsync(Shop());
        var result = await bench.CallAsync("outline_file", new { path });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListSymbols_ByPartAndKind_ListsWhatFits()
    {
        using var bench = await ToolBench.OfAsync(Shop());
        Assert.Equal(
            "src/Shop/Cart.cs:5: method Shop.Cart.Total  public int Total(int x)\nsrc/Shop/Cart.cs:11: method Shop.Other.Total  public int Total()\n[definitions are not read from: 1 Haskell file; use search_text there]",
            (await bench.CallAsync("list_symbols", new { query = "total", kind = "method" })).Content);
        Assert.Contains("web/cart.ts:2: function Total", (await bench.CallAsync("list_symbols", new { query = "total", glob = "*.ts" })).Content, StringComparison.Ordinal);
        Assert.Contains("more; narrow", (await bench.CallAsync("list_symbols", new { max_results = 1 })).Content, StringComparison.Ordinal);
        Assert.Contains("No definition fits", (await bench.CallAsync("list_symbols", new { query = "absent" })).Content, StringComparison.Ordinal);
        var wrong = await bench.CallAsync("list_symbols", new { kind = "verb" });
        Assert.True(wrong.IsError);
        Assert.Contains("kind: got \"verb\"; expected one of namespace, class", wrong.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindDefinition_SimpleAndFullName_FindsIt()
    {
        using var bench = await ToolBench.OfAsync(Shop());
        var all = (await bench.CallAsync("find_definition", new { name = "Total" })).Content;
        Assert.Contains("src/Shop/Cart.cs:5", all, StringComparison.Ordinal);
        Assert.Contains("web/cart.ts:2", all, StringComparison.Ordinal);
        var one = await bench.CallAsync("find_definition", new { name = "Cart.Total" });
        Assert.Equal(1, JsonDocument.Parse(one.Data!).RootElement.GetProperty("total").GetInt32());
        Assert.Contains("There is Shop.Cart", (await bench.CallAsync("find_definition", new { name = "cart" })).Content, StringComparison.Ordinal);
        Assert.Contains("list_symbols", (await bench.CallAsync("find_definition", new { name = "Absent" })).Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("find_definition", new { name = " " })).IsError);
    }

    [Fact]
    public async Task FindReferences_CSharp_AreGroupedByWhatTheyMean()
    {
        using var bench = await ToolBench.OfAsync(Shop());
        var content = (await bench.CallAsync("find_references", new { name = "Total" })).Content;
        Assert.Equal(
            """
            Cart.Total(int) (src/Shop/Cart.cs:5): 4
              src/App/Program.cs:5: Console.WriteLine(cart.Total(3));
              src/Shop/Cart.cs:5: public int Total(int x) => x;   [definition]
              src/Shop/Cart.cs:6: public int Twice() => Total(1) + this.Total(2);
              src/Shop/Cart.cs:6: public int Twice() => Total(1) + this.Total(2);
            Other.Total() (src/Shop/Cart.cs:11): 2
              src/App/Program.cs:6: Console.WriteLine(new Other().Total());
              src/Shop/Cart.cs:11: public int Total() => 0;   [definition]
            Total in C#, meaning not known (a package is not here, or the code has errors): 1
              src/App/Program.cs:8: Missing.Package.Total();
            Total by its name alone: 3
              web/cart.ts:2: export function Total(x: number) { return sum(x); }
              web/sum.ts:1: import { Total } from './cart.js';
              web/sum.ts:2: export function sum(x: number) { return x > 9 ? Total(x) : x; }

            """, content);
    }

    [Fact]
    public async Task FindReferences_OfOneDefinition_LeavesTheOthersOut()
    {
        using var bench = await ToolBench.OfAsync(Shop());
        var content = (await bench.CallAsync("find_references", new { name = "Total", path = "src/Shop/Cart.cs", line = 11 })).Content;
        Assert.StartsWith("Other.Total() (src/Shop/Cart.cs:11): 2\n", content, StringComparison.Ordinal);
        Assert.DoesNotContain("Cart.Total(int)", content, StringComparison.Ordinal);
        Assert.Contains("(a library or a namespace)", (await bench.CallAsync("find_references", new { name = "WriteLine" })).Content, StringComparison.Ordinal);
        Assert.Contains("used nowhere", (await bench.CallAsync("find_references", new { name = "absent" })).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\": \"Cart.Total\"}", "expected a simple name")]
    [InlineData("{\"name\": \"Total\", \"line\": 3}", "belong together")]
    [InlineData("{\"name\": \"Total\", \"path\": \"web/sum.ts\", \"line\": 1}", "is not C#")]
    [InlineData("{\"name\": \"Total\", \"path\": \"src/Shop/Cart.cs\", \"line\": 1}", "does not stand at")]
    [InlineData("{\"name\": \"Total\", \"path\": \"src/App/Program.cs\", \"line\": 8}", "meaning can't be told")]
    public async Task FindReferences_BadInput_SaysWhatIsRight(string arguments, string message)
    {
        using var bench = await ToolBench.OfAsync(Shop());
        var result = await bench.CallAsync("find_references", JsonDocument.Parse(arguments).RootElement);
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindReferences_RecordsAttributesAndInternals_AreToldApart()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture()
            .With("a/A.csproj", "<Project />").With("a/Money.cs", "namespace A;\ninternal sealed record Money(decimal Amount);\ninternal sealed class PaidAttribute : Attribute { public PaidAttribute(int x) { } }\n")
            .With("b/B.csproj", "<Project><ItemGroup><ProjectReference Include=\"../a/A.csproj\" /></ItemGroup></Project>")
            .With("b/Use.cs", "using A;\n[Paid(1)]\nclass Use\n{\n    decimal F(Money m) => m.Amount;\n    void G(int x) { }\n    void G(string x) { }\n    void H() => G(Missing.X);\n}\n"));
        var amount = (await bench.CallAsync("find_references", new { name = "Amount", path = "a/Money.cs", line = 2 })).Content;
        Assert.Contains("b/Use.cs:5: decimal F(Money m) => m.Amount;", amount, StringComparison.Ordinal);
        var paid = (await bench.CallAsync("find_references", new { name = "PaidAttribute" })).Content;
        Assert.Contains("PaidAttribute (a/Money.cs:3): 2\n", paid, StringComparison.Ordinal);
        Assert.Contains("b/Use.cs:2: [Paid(1)]", paid, StringComparison.Ordinal);
        Assert.Contains("meaning not known (a package is not here, or the code has errors): 1\n  b/Use.cs:8", (await bench.CallAsync("find_references", new { name = "G" })).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.")]
    [InlineData("a + ")]
    [InlineData("f(")]
    [InlineData("f(a => ")]
    public async Task FindReferences_EndlessExpression_IsLeftOutOrRead(string piece)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.cs", "class a { object x = " + string.Concat(Enumerable.Repeat(piece, 50_000)) + "a; }\n").With("b.cs", "class b { a y; }\n"));
        var result = await bench.CallAsync("find_references", new { name = "a" });
        Assert.False(result.IsError, result.Content);
        Assert.Contains("b.cs:1", result.Content, StringComparison.Ordinal);
        Assert.Contains("[not read, being too long or nested too deeply: a.cs]", result.Content, StringComparison.Ordinal);
        Assert.Contains("a.cs", (await bench.CallAsync("list_symbols", new { })).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DependencyGraph_EveryLevel_ShowsEdgesAndCircles()
    {
        using var bench = await ToolBench.OfAsync(Shop());
        Assert.Equal("src/App/App.csproj -> src/Shop/Shop.csproj\nNeeded most: src/Shop/Shop.csproj (1)\n", (await bench.CallAsync("dependency_graph", new { })).Content);
        var files = (await bench.CallAsync("dependency_graph", new { level = "files" })).Content;
        Assert.Contains("tool/main.py -> tool/helper.py\n", files, StringComparison.Ordinal);
        Assert.Contains("web/cart.ts -> web/sum.ts\n", files, StringComparison.Ordinal);
        Assert.Contains("Circle: web/cart.ts, web/sum.ts\n", files, StringComparison.Ordinal);
        Assert.Contains("No directories that need each other", (await bench.CallAsync("dependency_graph", new { level = "directories" })).Content, StringComparison.Ordinal);
        Assert.DoesNotContain("web", (await bench.CallAsync("dependency_graph", new { level = "files", glob = "tool/**" })).Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("dependency_graph", new { level = "atoms" })).IsError);
    }

    [Fact]
    public async Task DependencyGraph_ImportsOfOtherLanguages_AreFollowed()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture()
            .With("a.c", "#include \"inc/b.h\"\n#include <stdio.h>\n").With("inc/b.h", "#include \"c.h\"\n").With("inc/c.h", "\n")
            .With("x.rb", "require_relative 'lib/y'\n").With("lib/y.rb", "\n")
            .With("run.sh", ". ./lib.sh\n").With("lib.sh", "\n")
            .With("src/main/java/shop/A.java", "import shop.sub.B;\n").With("src/main/java/shop/sub/B.java", "package shop.sub;\n")
            .With("packages/a/package.json", "{\"name\": \"a\", \"dependencies\": {\"b\": \"1\", \"left\": \"1\"}}").With("packages/b/package.json", "{\"name\": \"b\"}")
            .With("core/Cargo.toml", "[dependencies]\nutil = { path = \"../util\" }\n").With("util/Cargo.toml", "[package]\n"));
        var files = (await bench.CallAsync("dependency_graph", new { level = "files" })).Content;
        foreach (var edge in new[] { "a.c -> inc/b.h", "inc/b.h -> inc/c.h", "x.rb -> lib/y.rb", "run.sh -> lib.sh", "src/main/java/shop/A.java -> src/main/java/shop/sub/B.java" })
            Assert.Contains(edge + "\n", files, StringComparison.Ordinal);
        var projects = (await bench.CallAsync("dependency_graph", new { })).Content;
        Assert.Contains("packages/a/package.json -> packages/b/package.json\n", projects, StringComparison.Ordinal);
        Assert.Contains("core/Cargo.toml -> util/Cargo.toml\n", projects, StringComparison.Ordinal);
    }
}

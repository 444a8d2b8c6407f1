using Navi.Agent.Code;

namespace Navi.Agent.Tests.Code;

public sealed class PatternSymbolsTests
{
    private static string Read(string path, string text) =>
        string.Join('\n', SymbolReader.Read(path, text)!.Select(s => $"{s.Line}-{s.EndLine} {SymbolText.Word(s.Kind)} {s.FullName}"));

    private static void Finds(string path, string text, params string[] expected) => Assert.Equal(string.Join('\n', expected), Read(path, text));

    [Fact]
    public void Read_Python_TellsFunctionsMethodsAndVariables() => Finds("a.py",
        """"
        """class Not: def not_either(): pass
        """
        LIMIT: int = 3
        _names = {
            "class": 1,
        }

        class Cart(Base):
            size = 3
            kind: str

            @property
            def total(self):
                def inner(x):
                    y = 1
                    return x
                # def comment(): pass
                return inner(1)

            async def load(self,
                           name="x"): pass

        def main(): print("def f(): pass")
        if True:
            later = 1
        """",
        "3-3 variable LIMIT", "4-4 variable _names", "8-21 class Cart", "9-9 field Cart.size", "10-10 field Cart.kind", "13-18 method Cart.total", "14-16 function Cart.total.inner",
        "20-21 method Cart.load", "23-23 function main", "25-25 variable later");

    [Fact]
    public void Read_JavaScript_TellsClassesFunctionsAndMethods() => Finds("a.js",
        """
        'use strict'
        const limit = 3;
        export default class Cart extends Base {
          #size = 0;
          static of(items) { return new Cart(items); }
          get total() {
            if (this.size) { return 1 }
            return helper(this);
          }
          add = (item) => { this.items.push(item) }
          async *load() {}
        }
        function helper(x) { function inner() {} return inner; }
        const twice = async (x) => x * 2;
        const Shop = class { open() {} };
        exports.run = function run() {};
        app.use = function (fn) {
        };
        const text = `function not() {}`; // function neither() {}
        """,
        "2-2 constant limit", "3-12 class Cart", "5-5 method Cart.of", "6-9 method Cart.total", "10-10 method Cart.add", "11-11 method Cart.load", "13-13 function helper", "13-13 function helper.inner",
        "14-14 function twice", "15-15 class Shop", "16-16 function run", "17-18 function use", "19-19 constant text");

    [Fact]
    public void Read_TypeScript_TellsTypesToo() => Finds("a.ts",
        """
        export interface Item<T> { name: string; price?: number; cost(x: number): T }
        export type Names = string[];
        export enum State { Open, Closed }
        namespace Shop {
          export abstract class Cart<T> implements Item<T> {
            private readonly items: T[] = [];
            constructor(private name: string) {}
            public total(rate: number): number { return 1; }
          }
        }
        declare function later(x: number): void;
        """,
        "1-1 interface Item", "2-2 type Names", "3-3 enum State", "4-10 namespace Shop", "5-9 class Shop.Cart", "6-6 field Shop.Cart.items", "7-7 method Shop.Cart.constructor", "8-8 method Shop.Cart.total", "11-11 function later");

    [Fact]
    public void Read_Go_TellsReceiversAndGroups() => Finds("a.go",
        """
        package shop

        const Limit = 3

        const (
        	Open State = iota
        	Closed
        )

        var cache = map[string]int{}

        type State int

        type Cart struct {
        	Items []Item
        	total int
        }

        type Store interface {
        	Load(id string) (*Cart, error)
        }

        func New() *Cart { return &Cart{} }

        func (c *Cart) Total() int {
        	f := func() int { return 1 }
        	return f()
        }

        func Map[T any](xs []T) []T {
        	return xs
        }
        """,
        "3-3 constant Limit", "6-6 constant Open", "7-7 constant Closed", "10-10 variable cache", "12-12 type State", "14-17 struct Cart", "15-15 field Cart.Items", "16-16 field Cart.total",
        "19-21 interface Store", "20-20 method Store.Load", "23-23 function New", "25-28 method Cart.Total", "30-32 function Map");

    [Fact]
    public void Read_Rust_TellsImplementations() => Finds("a.rs",
        """
        pub struct Cart<'a> { pub items: Vec<&'a str>, }
        pub enum State { Open, Closed(i32), }
        pub trait Total { fn total(&self) -> i32; }
        impl<'a> Total for Cart<'a> {
            fn total(&self) -> i32 { 1 }
        }
        mod inner { pub const LIMIT: i32 = 3; pub fn go() {} }
        macro_rules! twice { ($x:expr) => { $x }; }
        pub(crate) async fn run() {}
        type Names = Vec<String>;
        """,
        "1-1 struct Cart", "2-2 enum State", "3-3 trait Total", "5-5 method Cart.total", "7-7 namespace inner", "8-8 macro twice", "9-9 function run", "10-10 type Names");

    [Fact]
    public void Read_Java_TellsMembers() => Finds("A.java",
        """
        package shop;
        @Entity
        public class Cart<T> extends Base implements Store {
          private static final int LIMIT = 3;
          private Map<String, List<T>> items;
          public Cart(int size) { this.size = size; }
          @Override public <R> List<R> total(int a,
              int b) throws IOException {
            if (a > b) { return null; }
            return call(a);
          }
          enum State { OPEN }
          interface Row { int at(); }
          record Pair(int a, int b) {}
        }
        """,
        "3-15 class Cart", "4-4 field Cart.LIMIT", "5-5 field Cart.items", "6-6 constructor Cart.Cart", "7-11 method Cart.total", "12-12 enum Cart.State", "13-13 interface Cart.Row", "14-14 record Cart.Pair");

    [Fact]
    public void Read_C_TellsFunctionsFromDeclarations() => Finds("a.c",
        """
        #define LIMIT 3
        typedef struct node { int x; } node_t;
        typedef int (*handler)(int);
        struct list { struct node *first; };
        enum state { OPEN, CLOSED };
        int declared(int x);
        static int *
        total(struct node *n, int (*f)(int))
        {
            if (n) { return f(1); }
            return 0;
        }
        int main(int argc, char **argv) { return 0; }
        """,
        "1-1 macro LIMIT", "2-2 struct node", "3-3 type handler", "4-4 struct list", "5-5 enum state", "8-12 function total", "13-13 function main");

    [Fact]
    public void Read_Cpp_TellsClassesAndQualifiedMembers() => Finds("a.cpp",
        """
        namespace shop {
        template <typename T>
        class Cart : public Base {
         public:
          Cart() : size_(0) {}
          int total() const { return size_; }
         private:
          int size_;
        };
        int Cart::sum(int x) {
          return x;
        }
        }
        using Names = int;
        """,
        "1-13 namespace shop", "3-9 class shop.Cart", "5-5 method shop.Cart.Cart", "6-6 method shop.Cart.total", "10-12 function Cart.sum", "14-14 type Names");

    [Theory]
    [InlineData("a.rb", "module Shop\n  class Cart\n    LIMIT = 3\n    attr_reader :size\n    def self.of(x)\n      x\n    end\n    def empty?\n      true\n    end\n  end\nend\n",
        "class Shop|class Shop.Cart|constant Shop.Cart.LIMIT|property Shop.Cart.size|method Shop.Cart.of|method Shop.Cart.empty?")]
    [InlineData("a.php", "<?php\nabstract class Cart {\n  const LIMIT = 3;\n  private ?int $size;\n  public function total(): int { return 1; }\n}\nfunction run() {}\n",
        "class Cart|constant Cart.LIMIT|property Cart.size|method Cart.total|function run")]
    [InlineData("a.sh", "limit=3\nexport NAME=x\ntotal() {\n  inner=1\n}\nfunction run {\n  total\n}\n", "variable limit|variable NAME|function total|function run")]
    [InlineData("a.kt", "package shop\ndata class Cart(val size: Int) {\n  val total = 3\n  fun sum(x: Int): Int = x\n}\nfun String.twice() = this\n", "class Cart|property Cart.total|method Cart.sum|function twice")]
    public void Read_OtherLanguages_AreTold(string path, string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SymbolReader.Read(path, text)!.Select(s => $"{SymbolText.Word(s.Kind)} {s.FullName}")));

    [Theory]
    [InlineData("a.py")]
    [InlineData("a.js")]
    [InlineData("a.ts")]
    [InlineData("a.go")]
    [InlineData("a.rs")]
    [InlineData("A.java")]
    [InlineData("a.kt")]
    [InlineData("a.c")]
    [InlineData("a.cpp")]
    [InlineData("a.php")]
    [InlineData("a.rb")]
    [InlineData("a.sh")]
    public void Read_HostileText_EndsSoon(string path)
    {
        foreach (var text in new[]
        {
            new string('(', 50_000), string.Concat(Enumerable.Repeat("a(b{c[", 20_000)), string.Concat(Enumerable.Repeat("}])", 30_000)), new string(' ', 100_000) + "x", "class " + new string('a', 100_000),
            string.Concat(Enumerable.Repeat("public static <T> ", 5_000)), string.Concat(Enumerable.Repeat("\"", 20_001)), "\0\n\r\n\t{", "",
        })
            Assert.NotNull(SymbolReader.Read(path, text));
    }

    [Theory]
    [InlineData("a.js", "function a(){", 300_000)]
    [InlineData("a.js", "class a{\n", 300_000)]
    [InlineData("a.js", "(/[", 300_000)]
    [InlineData("a.rs", "impl a\n", 300_000)]
    [InlineData("a.go", "\ta b\n", 300_000)]
    [InlineData("a.ts", "interface a<", 200_000)]
    [InlineData("a.cpp", " R\"\n", 300_000)]
    [InlineData("a.py", "class a:\n def b(): pass\n", 100_000)]
    [InlineData("a.cs", "$", 290_000)]
    [InlineData("a.js", "class a;", 190_000)]
    public void Read_EndlessRepetition_EndsWithinItsBounds(string path, string piece, int times)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            SymbolReader.Read(path, string.Concat(Enumerable.Repeat(piece, times)));
        }
        catch (UnreadableCodeException)
        {
            // Given up within the bound, too.
        }

        // Without bounds each of these takes hours; this is no measurement.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Read_MultilineParameters_DoNotHideTheBody() => Finds("a.ts",
        "function total(\n  a: number,\n  b: { c: number },\n): { d: number } {\n  function inner() {}\n  return a;\n}\n",
        "1-7 function total", "5-5 function total.inner");

    [Fact]
    public void Read_BodyBehindATypeWithBraces_IsFound() => Finds("a.go",
        "package a\n\nfunc (c *C) Done() <-chan struct{} {\n\treturn c.done\n}\n\nfunc Any() interface{} {\n\treturn 1\n}\n", "3-5 method C.Done", "7-9 function Any");

    [Fact]
    public void Read_WindowsLines_AreRead() => Finds("a.cpp", "namespace a::b\r\n{\r\nclass Cart\r\n{\r\n  int total() { return 1; }\r\n};\r\nint x::Cart::sum(int y)\r\n{\r\n}\r\n}\r\n",
        "1-10 namespace a.b", "3-6 class a.b.Cart", "5-5 method a.b.Cart.total", "7-9 function Cart.sum");

    [Fact]
    public void Read_UnknownLanguage_IsNull() => Assert.Null(SymbolReader.Read("a.hs", "main = print 1"));
}

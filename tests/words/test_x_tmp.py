import json,sys
sys.path.insert(0,"/work/main/tests/words")
from test_every_string import *
OUT=open("/tmp/h10/x.txt","w")
def test_x(spoken,settings,typed,monkeypatch):
    monkeypatch.setenv("LANGUAGE","en")
    en=settings("en","nl_NL"); 
    docs=[json.loads(typed(*w,"--format","json","--settings",en)[0]) for w in (("brief",VAN_DIJK),("agenda",),("contacts",VAN_DIJK),("people",VAN_DIJK),("brief","Kaas & Co"))]
    data=[t for d in docs for t in texts(d)]+[en.read_text()]+[k.value for k in Kind]
    el=settings("el","el_GR")
    for cmd in (["brief",VAN_DIJK],["brief",VAN_DIJK,"--why"],["brief"],["agenda"],["contacts",VAN_DIJK],["people",VAN_DIJK],["people",VAN_DIJK,"--why"],["contacts",VAN_DIJK,"--why"],["sources"],["sources","check"],["settings"],["adapter","list"],["link","list"],["sources","kept"],["brief","Berghout"],["brief","Nobody"],["settings","--why","us.zone"],["brief",VAN_DIJK,"--only","posts"],["link","choose","Berghout"]):
      for w in (160,80,40):
        out,err=typed(*cmd,"--settings",el,width=w)
        print(cmd,w,bare(out+err,data),file=OUT)
        if w==80: print(out[:1800],err,file=OUT)
    OUT.close()
